/** A country or territory as texts name it. */
export interface Country {
  /** ISO 3166-1 alpha-2, alpha-3. */
  readonly alpha2: string
  readonly alpha3: string
  readonly name: string
  /** Whether its name takes an article: the Netherlands. */
  readonly article: boolean
  /** Words for what belongs to it: Kazakh, Kazakhstani. */
  readonly demonyms: readonly string[]
  /** Other names of it, the capital or seat of power that stands for its government among them (`@Moscow`). */
  readonly aliases: readonly string[]
}

/** One a line: codes | name, with `the` where it takes the article | demonyms | other names; `@` marks a seat of power. */
const TABLE = `
AF AFG|Afghanistan|Afghan|@Kabul
AL ALB|Albania|Albanian|@Tirana
DZ DZA|Algeria|Algerian|@Algiers
AD AND|Andorra|Andorran|
AO AGO|Angola|Angolan|@Luanda
AG ATG|Antigua and Barbuda|Antiguan|
AR ARG|Argentina|Argentinian,Argentine|@Buenos Aires
AM ARM|Armenia|Armenian|@Yerevan
AU AUS|Australia|Australian|@Canberra
AT AUT|Austria|Austrian|
AZ AZE|Azerbaijan|Azerbaijani,Azeri|@Baku
BS BHS|the Bahamas|Bahamian|
BH BHR|Bahrain|Bahraini|@Manama
BD BGD|Bangladesh|Bangladeshi|@Dhaka
BB BRB|Barbados|Barbadian|
BY BLR|Belarus|Belarusian,Belarussian|@Minsk
BE BEL|Belgium|Belgian|
BZ BLZ|Belize|Belizean|
BJ BEN|Benin|Beninese|
BT BTN|Bhutan|Bhutanese|
BO BOL|Bolivia|Bolivian|@La Paz
BA BIH|Bosnia and Herzegovina|Bosnian|BiH,@Sarajevo
BW BWA|Botswana|Botswanan|
BR BRA|Brazil|Brazilian|@Brasília
BN BRN|Brunei|Bruneian|Brunei Darussalam
BG BGR|Bulgaria|Bulgarian|@Sofia
BF BFA|Burkina Faso|Burkinabe,Burkinabè|@Ouagadougou
BI BDI|Burundi|Burundian,Burundi|@Bujumbura
CV CPV|Cabo Verde|Cabo Verdean|Cape Verde
KH KHM|Cambodia|Cambodian|@Phnom Penh
CM CMR|Cameroon|Cameroonian|@Yaoundé
CA CAN|Canada|Canadian|@Ottawa
CF CAF|the Central African Republic|Central African|@Bangui
TD TCD|Chad|Chadian|@N’Djamena
CL CHL|Chile|Chilean|
CN CHN|China|Chinese|People’s Republic of China,PRC,@Beijing
CO COL|Colombia|Colombian|@Bogotá
KM COM|the Comoros|Comorian|
CD COD|the Democratic Republic of the Congo|Congolese|DRC,Democratic Republic of Congo,@Kinshasa
CG COG|Congo|Congolese|Republic of the Congo,@Brazzaville
CR CRI|Costa Rica|Costa Rican|
CI CIV|Côte d’Ivoire|Ivorian|Ivory Coast
HR HRV|Croatia|Croatian|@Zagreb
CU CUB|Cuba|Cuban|@Havana
CY CYP|Cyprus|Cypriot|@Nicosia
CZ CZE|Czechia|Czech|Czech Republic,@Prague
DK DNK|Denmark|Danish|
DJ DJI|Djibouti|Djiboutian|
DM DMA|Dominica||
DO DOM|the Dominican Republic|Dominican|
EC ECU|Ecuador|Ecuadorian|@Quito
EG EGY|Egypt|Egyptian|@Cairo
SV SLV|El Salvador|Salvadoran,Salvadorian|
GQ GNQ|Equatorial Guinea|Equatoguinean,Equatorial Guinean|
ER ERI|Eritrea|Eritrean|@Asmara
EE EST|Estonia|Estonian|@Tallinn
SZ SWZ|Eswatini|Swazi|
ET ETH|Ethiopia|Ethiopian|@Addis Ababa
FJ FJI|Fiji|Fijian|
FI FIN|Finland|Finnish|@Helsinki
FR FRA|France|French|@Paris
GA GAB|Gabon|Gabonese|
GM GMB|The Gambia|Gambian|Gambia
GE GEO|Georgia|Georgian|@Tbilisi
DE DEU|Germany|German|@Berlin
GH GHA|Ghana|Ghanaian|
GR GRC|Greece|Greek|@Athens
GD GRD|Grenada|Grenadian|
GT GTM|Guatemala|Guatemalan|
GN GIN|Guinea|Guinean|@Conakry
GW GNB|Guinea-Bissau|Bissau-Guinean|
GY GUY|Guyana|Guyanese|
HT HTI|Haiti|Haitian|
HN HND|Honduras|Honduran|@Tegucigalpa
HK HKG|Hong Kong|Hong Kong|HKSAR,Hong Kong Special Administrative Region
HU HUN|Hungary|Hungarian|@Budapest
IS ISL|Iceland|Icelandic|@Reykjavik
IN IND|India|Indian|@New Delhi
ID IDN|Indonesia|Indonesian|@Jakarta
IR IRN|Iran|Iranian|Islamic Republic of Iran,@Tehran
IQ IRQ|Iraq|Iraqi|@Baghdad
IE IRL|Ireland|Irish|@Dublin
IL ISR|Israel|Israeli|@Tel Aviv
IT ITA|Italy|Italian|
JM JAM|Jamaica|Jamaican|
JP JPN|Japan|Japanese|@Tokyo
JO JOR|Jordan|Jordanian|@Amman
KZ KAZ|Kazakhstan|Kazakh,Kazakhstani|@Astana,@Nur-Sultan
KE KEN|Kenya|Kenyan|@Nairobi
KI KIR|Kiribati||
XK XKX|Kosovo|Kosovar,Kosovan,Kosovo|@Pristina
KW KWT|Kuwait|Kuwaiti|
KG KGZ|Kyrgyzstan|Kyrgyz,Kyrgyzstani|@Bishkek
LA LAO|Laos|Lao,Laotian|Lao PDR
LV LVA|Latvia|Latvian|@Riga
LB LBN|Lebanon|Lebanese|@Beirut
LS LSO|Lesotho||
LR LBR|Liberia|Liberian|@Monrovia
LY LBY|Libya|Libyan|@Tripoli
LI LIE|Liechtenstein||
LT LTU|Lithuania|Lithuanian|@Vilnius
LU LUX|Luxembourg|Luxembourgish|
MO MAC|Macao|Macanese|Macau
MG MDG|Madagascar|Malagasy|@Antananarivo
MW MWI|Malawi|Malawian|
MY MYS|Malaysia|Malaysian|@Kuala Lumpur
MV MDV|the Maldives|Maldivian|
ML MLI|Mali|Malian|@Bamako
MT MLT|Malta|Maltese|@Valletta
MH MHL|the Marshall Islands|Marshallese|
MR MRT|Mauritania|Mauritanian|@Nouakchott
MU MUS|Mauritius|Mauritian|
MX MEX|Mexico|Mexican|@Mexico City
FM FSM|Micronesia|Micronesian|
MD MDA|Moldova|Moldovan|Republic of Moldova,@Chișinău
MC MCO|Monaco||
MN MNG|Mongolia|Mongolian|
ME MNE|Montenegro|Montenegrin|@Podgorica
MA MAR|Morocco|Moroccan|@Rabat
MZ MOZ|Mozambique|Mozambican|@Maputo
MM MMR|Myanmar/Burma|Myanmar,Burmese,Myanmar’s|Myanmar,Burma,@Naypyidaw
NA NAM|Namibia|Namibian|
NR NRU|Nauru|Nauruan|
NP NPL|Nepal|Nepali,Nepalese|@Kathmandu
NL NLD|the Netherlands|Dutch|@The Hague
NZ NZL|New Zealand||@Wellington
NI NIC|Nicaragua|Nicaraguan|@Managua
NE NER|Niger|Nigerien|@Niamey
NG NGA|Nigeria|Nigerian|@Abuja
KP PRK|North Korea|North Korean|DPRK,Democratic People’s Republic of Korea,@Pyongyang
MK MKD|North Macedonia|North Macedonian,Macedonian|@Skopje
NO NOR|Norway|Norwegian|@Oslo
OM OMN|Oman|Omani|@Muscat
PK PAK|Pakistan|Pakistani|@Islamabad
PW PLW|Palau|Palauan|
PS PSE|Palestine|Palestinian|State of Palestine,@Ramallah
PA PAN|Panama|Panamanian|
PG PNG|Papua New Guinea|Papua New Guinean|
PY PRY|Paraguay|Paraguayan|@Asunción
PE PER|Peru|Peruvian|@Lima
PH PHL|the Philippines|Philippine,Filipino|@Manila
PL POL|Poland|Polish|@Warsaw
PT PRT|Portugal|Portuguese|@Lisbon
QA QAT|Qatar|Qatari|@Doha
RO ROU|Romania|Romanian|@Bucharest
RU RUS|Russia|Russian|Russian Federation,@Kremlin,@Moscow
RW RWA|Rwanda|Rwandan|@Kigali
KN KNA|Saint Kitts and Nevis||
LC LCA|Saint Lucia||
VC VCT|Saint Vincent and the Grenadines||
WS WSM|Samoa|Samoan|
SM SMR|San Marino||
ST STP|São Tomé and Príncipe||
SA SAU|Saudi Arabia|Saudi,Saudi Arabian|Kingdom of Saudi Arabia,@Riyadh
SN SEN|Senegal|Senegalese|@Dakar
RS SRB|Serbia|Serbian|@Belgrade
SC SYC|Seychelles|Seychellois|
SL SLE|Sierra Leone|Sierra Leonean|
SG SGP|Singapore|Singaporean|
SK SVK|Slovakia|Slovak|@Bratislava
SI SVN|Slovenia|Slovenian,Slovene|@Ljubljana
SB SLB|the Solomon Islands||
SO SOM|Somalia|Somali|@Mogadishu
ZA ZAF|South Africa|South African|@Pretoria
KR KOR|South Korea|South Korean|Republic of Korea,@Seoul
SS SSD|South Sudan|South Sudanese|@Juba
ES ESP|Spain|Spanish|@Madrid
LK LKA|Sri Lanka|Sri Lankan|@Colombo
SD SDN|Sudan|Sudanese|@Khartoum
SR SUR|Suriname|Surinamese|
SE SWE|Sweden|Swedish|@Stockholm
CH CHE|Switzerland|Swiss|@Bern
SY SYR|Syria|Syrian|Syrian Arab Republic,@Damascus
TW TWN|Taiwan|Taiwanese|@Taipei
TJ TJK|Tajikistan|Tajik,Tajikistani|@Dushanbe
TZ TZA|Tanzania|Tanzanian|United Republic of Tanzania,@Dodoma
TH THA|Thailand|Thai|@Bangkok
TL TLS|Timor-Leste|Timorese|East Timor
TG TGO|Togo|Togolese|@Lomé
TO TON|Tonga|Tongan|
TT TTO|Trinidad and Tobago|Trinidadian|
TN TUN|Tunisia|Tunisian|@Tunis
TR TUR|Türkiye|Turkish|Turkey,@Ankara
TM TKM|Turkmenistan|Turkmen|@Ashgabat
TV TUV|Tuvalu||
UG UGA|Uganda|Ugandan|@Kampala
UA UKR|Ukraine|Ukrainian|@Kyiv,@Kiev
AE ARE|the United Arab Emirates|Emirati|UAE,@Abu Dhabi
GB GBR|the United Kingdom|British|UK,Great Britain,@London
US USA|the United States|American|United States of America,US,USA,U.S.,@Washington
UY URY|Uruguay|Uruguayan|@Montevideo
UZ UZB|Uzbekistan|Uzbek,Uzbekistani|@Tashkent
VU VUT|Vanuatu||
VA VAT|the Holy See|Vatican|
VE VEN|Venezuela|Venezuelan|Bolivarian Republic of Venezuela,@Caracas
VN VNM|Viet Nam|Vietnamese|Vietnam,@Hanoi
YE YEM|Yemen|Yemeni|@Sana’a
ZM ZMB|Zambia|Zambian|@Lusaka
ZW ZWE|Zimbabwe|Zimbabwean|@Harare
`

const split = (list: string | undefined): readonly string[] => (list ? list.split(',') : [])

/** The countries and territories that texts call on, by their short English names. */
export const COUNTRIES: readonly Country[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [codes = '', written = '', demonyms, aliases] = line.split('|')
    const [alpha2 = '', alpha3 = ''] = codes.split(' ')
    return {
      alpha2,
      alpha3,
      name: written.replace(/^the /, ''),
      article: written.startsWith('the '),
      demonyms: split(demonyms),
      aliases: split(aliases),
    }
  })

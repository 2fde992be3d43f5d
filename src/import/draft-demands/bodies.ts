/** A body, office or place that a text can call on or name. */
export interface Body {
  readonly id: string
  readonly type: 'Organization' | 'Office' | 'Place'
  readonly name: string
  /** The kind of organisation; none for an office. */
  readonly kind?: string
  readonly shortName?: string
  /** The country that it governs, by its code, with the country's name. */
  readonly country?: { readonly alpha2: string; readonly alpha3: string; readonly name: string }
}

const EU = 'INTERGOVERNMENTAL'

/**
 * Bodies that texts call on: id | kind (`OFFICE` for a post) | name | short name | how it is written, as alternatives of a
 * regular expression. Where several fit at one place, the longest wins, so "the Council of Europe" is not the Council.
 */
const TABLE: readonly (readonly [id: string, kind: string, name: string, short: string, written: string])[] = [
  ['org:european-union', EU, 'European Union', 'EU', 'EU|European Union|Union'],
  [
    'org:eu-institutions',
    'COLLECTIVE',
    'Institutions of the European Union',
    'EU institutions',
    '(?:EU|European Union|European|Union) institutions(?:(?:,|,? and) (?:bodies|offices|agencies)){0,3}|institutions of the (?:EU|European Union|Union)|Union’s institutions|EU’s institutions',
  ],
  [
    'org:council-of-the-eu',
    EU,
    'Council of the European Union',
    'EU Council',
    'Council|EU Council|Council of the (?:EU|European Union)|Council of Ministers|Foreign Affairs Council|Council [Pp]residency|(?:\\p{Lu}\\p{Ll}+ )?[Pp]residency of the Council(?: of the (?:EU|European Union))?|EU Foreign Affairs Council',
  ],
  ['org:european-council', EU, 'European Council', '', 'European Council'],
  [
    'org:european-commission',
    EU,
    'European Commission',
    '',
    'Commission|European Commission|EU Commission|Commission services|Commission’s services',
  ],
  [
    'org:eu-member-states',
    'COLLECTIVE',
    'Member States of the European Union',
    'Member States',
    '(?:EU |European Union )?Member States|Member States of the (?:EU|European Union|Union(?! for\\b))|governments(?: and parliaments)? of the (?:EU )?Member States|EU countries|EU member states|Member State governments|member states of the EU|Member States’ (?:(?:competent|national|responsible|relevant|law enforcement) )*(?:governments|authorities)|(?:competent |national )?authorities of the Member States',
  ],
  [
    'org:eeas',
    'AGENCY',
    'European External Action Service',
    'EEAS',
    'European External Action Service|EEAS|External Action Service',
  ],
  [
    'office:vp-hr',
    'OFFICE',
    'Vice-President of the Commission / High Representative of the Union for Foreign Affairs and Security Policy',
    '',
    'VP/HR|HR/VP|EU High Representative|High Representative of the (?:Union|EU|European Union)(?: for Foreign Affairs and Security Policy)?|High Representative(?: for Foreign Affairs and Security Policy)?|Vice-President of the (?:European )?Commission ?/ ?High Representative of the Union for Foreign Affairs and Security Policy|High Representative/Vice-President|Vice-President/High Representative|High Representative of the Union for Foreign Affairs and Security Policy/Vice-President of the Commission',
  ],
  [
    'office:president-of-the-european-commission',
    'OFFICE',
    'President of the European Commission',
    '',
    'President of the (?:European )?Commission|Commission President',
  ],
  [
    'office:president-of-the-european-council',
    'OFFICE',
    'President of the European Council',
    '',
    'President of the European Council|European Council President',
  ],
  [
    'office:eusr-human-rights',
    'OFFICE',
    'EU Special Representative for Human Rights',
    'EUSR for Human Rights',
    '(?:EU Special Representative|EUSR) for Human Rights',
  ],
  [
    'office:eusr-central-asia',
    'OFFICE',
    'EU Special Representative for Central Asia',
    '',
    '(?:EU Special Representative|EUSR) for Central Asia',
  ],
  [
    'org:eu-delegations',
    'COLLECTIVE',
    'Delegations of the European Union',
    'EU delegations',
    'EU [Dd]elegations?|[Dd]elegations? of the (?:EU|European Union)|Union delegations?',
  ],
  ['org:european-parliament', 'PARLIAMENT', 'European Parliament', 'EP', 'European Parliament'],
  ['org:european-investment-bank', EU, 'European Investment Bank', 'EIB', 'European Investment Bank|EIB'],
  ['org:european-central-bank', EU, 'European Central Bank', 'ECB', 'European Central Bank|ECB'],
  [
    'org:european-court-of-auditors',
    EU,
    'European Court of Auditors',
    'ECA',
    'European Court of Auditors|Court of Auditors',
  ],
  [
    'org:cjeu',
    EU,
    'Court of Justice of the European Union',
    'CJEU',
    'Court of Justice of the European Union|Court of Justice|CJEU',
  ],
  ['org:eppo', 'AGENCY', 'European Public Prosecutor’s Office', 'EPPO', 'European Public Prosecutor’s Office|EPPO'],
  ['org:europol', 'AGENCY', 'Europol', '', 'Europol'],
  ['org:eurojust', 'AGENCY', 'Eurojust', '', 'Eurojust'],
  ['org:frontex', 'AGENCY', 'Frontex', '', 'Frontex|European Border and Coast Guard Agency'],
  [
    'org:international-community',
    'COLLECTIVE',
    'International community',
    '',
    'international community|world community',
  ],
  ['org:g7', 'COLLECTIVE', 'G7', '', 'G7'],
  ['org:g20', 'COLLECTIVE', 'G20', '', 'G20'],
  ['org:united-nations', EU, 'United Nations', 'UN', 'UN|United Nations'],
  [
    'org:un-security-council',
    EU,
    'United Nations Security Council',
    'UNSC',
    '(?:UN |United Nations )?Security Council|UNSC',
  ],
  [
    'org:un-general-assembly',
    EU,
    'United Nations General Assembly',
    'UNGA',
    '(?:UN |United Nations )General Assembly|UNGA',
  ],
  [
    'org:un-human-rights-council',
    EU,
    'United Nations Human Rights Council',
    'UNHRC',
    '(?:UN |United Nations )?Human Rights Council|UNHRC',
  ],
  [
    'org:ohchr',
    EU,
    'Office of the United Nations High Commissioner for Human Rights',
    'OHCHR',
    'OHCHR|Office of the (?:UN |United Nations )?High Commissioner for Human Rights',
  ],
  [
    'office:un-high-commissioner-for-human-rights',
    'OFFICE',
    'United Nations High Commissioner for Human Rights',
    '',
    '(?:UN |United Nations )High Commissioner for Human Rights',
  ],
  [
    'office:un-secretary-general',
    'OFFICE',
    'Secretary-General of the United Nations',
    '',
    '(?:UN|United Nations) Secretary-General|Secretary-General of the (?:UN|United Nations)',
  ],
  [
    'org:unhcr',
    EU,
    'Office of the United Nations High Commissioner for Refugees',
    'UNHCR',
    'UNHCR|(?:Office of the )?(?:UN |United Nations )?High Commissioner for Refugees|UN Refugee Agency',
  ],
  ['org:unicef', EU, 'United Nations Children’s Fund', 'UNICEF', 'UNICEF|United Nations Children’s Fund'],
  ['org:unesco', EU, 'United Nations Educational, Scientific and Cultural Organization', 'UNESCO', 'UNESCO'],
  ['org:undp', EU, 'United Nations Development Programme', 'UNDP', 'UNDP|(?:UN|United Nations) Development Programme'],
  ['org:unrwa', EU, 'United Nations Relief and Works Agency for Palestine Refugees in the Near East', 'UNRWA', 'UNRWA'],
  ['org:wfp', EU, 'World Food Programme', 'WFP', 'World Food Programme|WFP'],
  ['org:ilo', EU, 'International Labour Organization', 'ILO', 'International Labour Organi[sz]ation|ILO'],
  ['org:iom', EU, 'International Organization for Migration', 'IOM', 'International Organi[sz]ation for Migration|IOM'],
  ['org:iaea', EU, 'International Atomic Energy Agency', 'IAEA', 'International Atomic Energy Agency|IAEA'],
  ['org:who', EU, 'World Health Organization', 'WHO', 'World Health Organi[sz]ation|WHO'],
  ['org:wto', EU, 'World Trade Organization', 'WTO', 'World Trade Organi[sz]ation|WTO'],
  ['org:world-bank', EU, 'World Bank', '', 'World Bank'],
  ['org:imf', EU, 'International Monetary Fund', 'IMF', 'International Monetary Fund|IMF'],
  ['org:icc', EU, 'International Criminal Court', 'ICC', 'International Criminal Court|ICC'],
  ['org:icj', EU, 'International Court of Justice', 'ICJ', 'International Court of Justice|ICJ'],
  [
    'org:opcw',
    EU,
    'Organisation for the Prohibition of Chemical Weapons',
    'OPCW',
    'Organi[sz]ation for the Prohibition of Chemical Weapons|OPCW',
  ],
  ['org:council-of-europe', EU, 'Council of Europe', 'CoE', 'Council of Europe|CoE'],
  [
    'org:venice-commission',
    EU,
    'European Commission for Democracy through Law',
    'Venice Commission',
    'Venice Commission',
  ],
  ['org:echr', EU, 'European Court of Human Rights', 'ECtHR', 'European Court of Human Rights|ECtHR'],
  [
    'org:osce',
    EU,
    'Organization for Security and Co-operation in Europe',
    'OSCE',
    'OSCE|Organi[sz]ation for Security and Co-?operation in Europe',
  ],
  [
    'org:odihr',
    EU,
    'OSCE Office for Democratic Institutions and Human Rights',
    'ODIHR',
    '(?:OSCE[ /])?ODIHR|(?:OSCE )?Office for Democratic Institutions and Human Rights',
  ],
  [
    'org:nato',
    EU,
    'North Atlantic Treaty Organization',
    'NATO',
    'NATO|North Atlantic Alliance|North Atlantic Treaty Organi[sz]ation',
  ],
  [
    'org:icrc',
    'OTHER',
    'International Committee of the Red Cross',
    'ICRC',
    'ICRC|International Committee of the Red Cross|Red Cross',
  ],
  ['org:interpol', EU, 'Interpol', '', 'Interpol|INTERPOL'],
  ['org:oecd', EU, 'Organisation for Economic Co-operation and Development', 'OECD', 'OECD'],
  ['org:african-union', EU, 'African Union', 'AU', 'African Union|AU'],
  [
    'org:ecowas',
    EU,
    'Economic Community of West African States',
    'ECOWAS',
    'ECOWAS|Economic Community of West African States',
  ],
  ['org:sadc', EU, 'Southern African Development Community', 'SADC', 'SADC|Southern African Development Community'],
  ['org:igad', EU, 'Intergovernmental Authority on Development', 'IGAD', 'IGAD'],
  ['org:asean', EU, 'Association of Southeast Asian Nations', 'ASEAN', 'ASEAN|Association of Southeast Asian Nations'],
  ['org:arab-league', EU, 'League of Arab States', 'Arab League', 'Arab League|League of Arab States'],
  ['org:gulf-cooperation-council', EU, 'Gulf Cooperation Council', 'GCC', 'Gulf Cooperation Council|GCC'],
  ['org:oas', EU, 'Organization of American States', 'OAS', 'Organi[sz]ation of American States|OAS'],
  ['org:mercosur', EU, 'Mercosur', '', 'Mercosur|MERCOSUR'],
  [
    'org:csto',
    EU,
    'Collective Security Treaty Organization',
    'CSTO',
    'CSTO|Collective Security Treaty Organi[sz]ation',
  ],
  ['org:sco', EU, 'Shanghai Cooperation Organisation', 'SCO', 'Shanghai Cooperation Organi[sz]ation'],
  ['org:eurasian-economic-union', EU, 'Eurasian Economic Union', 'EAEU', 'Eurasian Economic Union|EAEU'],
  ['org:palestinian-authority', 'GOVERNMENT', 'Palestinian Authority', '', 'Palestinian (?:National )?Authority'],
  ['org:hamas', 'OTHER', 'Hamas', '', 'Hamas'],
  ['org:hezbollah', 'OTHER', 'Hezbollah', '', 'Hezbollah'],
  ['org:taliban', 'OTHER', 'Taliban', '', 'Taliban'],
  ['org:houthis', 'OTHER', 'Houthi movement', '', 'Houthis?|Houthi (?:rebels|movement|authorities)'],
  ['org:m23', 'OTHER', 'March 23 Movement', 'M23', 'M23'],
  ['org:rapid-support-forces', 'OTHER', 'Rapid Support Forces', 'RSF', 'Rapid Support Forces|RSF'],
  ['org:wagner-group', 'OTHER', 'Wagner Group', '', 'Wagner Group'],
  [
    'org:international-olympic-committee',
    'OTHER',
    'International Olympic Committee',
    'IOC',
    'International Olympic Committee|IOC',
  ],
]

/** The bodies, each with the expression by which texts write it. */
export const BODIES: readonly { readonly body: Body; readonly written: string }[] = TABLE.map(
  ([id, kind, name, shortName, written]) => ({
    body:
      kind === 'OFFICE'
        ? { id, type: 'Office', name }
        : { id, type: 'Organization', name, kind, ...(shortName && { shortName }) },
    written,
  }),
)

/** A part of a state: the words for it, and how its body is called. */
export interface StatePart {
  readonly words: string
  readonly kind: string
  readonly slug: string
  readonly name: string
}

/** The parts of a state that texts call on, by the nouns that follow "Kazakh" or come before "of Kazakhstan". */
export const STATE_PARTS: readonly StatePart[] = [
  {
    words:
      '[Aa]uthorit(?:y|ies)|[Gg]overnments?|regimes?|leaderships?|leaders|junta|[Aa]dministration|officials|rulers|ministers|[Mm]inistry',
    kind: 'GOVERNMENT',
    slug: 'government-of',
    name: 'Government of',
  },
  {
    words:
      '[Pp]arliaments?|[Ll]egislators|[Nn]ational [Aa]ssembly|lawmakers|members of parliament|Congress|Knesset|Verkhovna Rada',
    kind: 'PARLIAMENT',
    slug: 'parliament-of',
    name: 'Parliament of',
  },
  {
    words:
      'military|[Aa]rmy|[Aa]rmed [Ff]orces|[Ss]ecurity [Ff]orces|police|law enforcement(?: agencies| authorities| bodies)?|forces|troops',
    kind: 'GOVERNMENT',
    slug: 'security-forces-of',
    name: 'Armed and security forces of',
  },
  { words: 'judiciary|courts|judges|prosecutors?', kind: 'GOVERNMENT', slug: 'judiciary-of', name: 'Judiciary of' },
  { words: '[Pp]resident', kind: 'OFFICE', slug: 'president-of', name: 'President of' },
  { words: '[Pp]rime [Mm]inister', kind: 'OFFICE', slug: 'prime-minister-of', name: 'Prime Minister of' },
]

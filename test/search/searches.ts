/** A text to search, and the record that is meant. */
export type Search = readonly [text: string, wanted: string]

/** Names without their accents, or with those of another keyboard. */
export const ACCENTS: readonly Search[] = [
  ['Merja Kyllonen', 'ep-mep:124736'],
  ['Ondrej Dostal', 'ep-mep:256851'],
  ['Damien Careme', 'ep-mep:197574'],
  ['Eero Heinaluoma', 'ep-mep:197800'],
  ['Gaetan Dussausaye', 'ep-mep:256897'],
  ['Ulrike Mueller', 'ep-mep:124862'],
  ['Muller Ulrike', 'ep-mep:124862'],
  ['corina cretu', 'ep-mep:33997'],
  ['Danuse Nerudova', 'ep-mep:256847'],
  ['Dragos Tudorache', 'ep-mep:197665'],
  ['Linea Sogaard-Lidell', 'ep-mep:204331'],
  ['Linea Soegaard Lidell', 'ep-mep:204331'],
  ['Tiemo Woelken', 'ep-mep:185619'],
  ['Vladimir Prebilic', 'ep-mep:256813'],
  ['Malin Bjoerk', 'ep-mep:124992'],
  ['Raphael Glucksmann', 'ep-mep:197694'],
  ['Lokkegaard', 'ep-mep:96709'],
  ['laszlo trocsanyi', 'ep-mep:197894'],
  ['Anna Brylka', 'ep-mep:257064'],
  ['ANTONI COMIN', 'ep-mep:202352'],
  ['albert dess', 'ep-mep:28228'],
  ['Stephanie Yon-Courtin', 'ep-mep:197581'],
  ['Yon Courtin', 'ep-mep:197581'],
]

/** Names in another script, or written in Latin letters by another table. */
export const SCRIPTS: readonly Search[] = [
  ['Назарбаев', 'person:nursultan-nazarbayev'],
  ['Nazarbayev', 'person:nursultan-nazarbayev'],
  ['Nazarbaev', 'person:nursultan-nazarbayev'],
  ['Нұрсұлтан Назарбаев', 'person:nursultan-nazarbayev'],
  ['Nasarbajew', 'person:nursultan-nazarbayev'],
  ['Tokayev', 'person:kassym-jomart-tokayev'],
  ['Tokaev', 'person:kassym-jomart-tokayev'],
  ['Токаев', 'person:kassym-jomart-tokayev'],
  ['Казахстан', 'iso:KZ'],
  ['Қазақстан', 'iso:KZ'],
  ['kasachstan', 'iso:KZ'],
  ['Қырғызстан', 'iso:KG'],
  ['Таджикистан', 'iso:TJ'],
  ['Tadschikistan', 'iso:TJ'],
  ['Tajikistan', 'iso:TJ'],
  ['Ουκρανία', 'iso:UA'],
  ['Украина', 'iso:UA'],
  ['Ukrajina', 'iso:UA'],
  ['Беларусь', 'iso:BY'],
  ['Манфред Вебер', 'ep-mep:28229'],
  ['Жозеп Боррель', 'person:josep-borrell'],
  ['Роберта Мецола', 'ep-mep:118859'],
]

/** One error: a letter that is wrong, missing, doubled or swapped. */
export const ONE_ERROR: readonly Search[] = [
  ['Borrel', 'person:josep-borrell'],
  ['Joseph Borrell', 'person:josep-borrell'],
  ['Kazakstan', 'iso:KZ'],
  ['Khazakhstan', 'iso:KZ'],
  ['Ukriane', 'iso:UA'],
  ['Roberta Metsolla', 'ep-mep:118859'],
  ['Puidgemont', 'ep-mep:202351'],
  ['Manferd Weber', 'ep-mep:28229'],
  ['Gluksmann', 'ep-mep:197694'],
  ['Tudorace', 'ep-mep:197665'],
  ['Heinaluomma', 'ep-mep:197800'],
  ['Goernes', 'ep-mep:840'],
  ['Michele Rivassi', 'ep-mep:96743'],
  ['Szczzerba', 'ep-mep:257026'],
  ['Belarrus', 'iso:BY'],
  ['Mozambigue', 'iso:MZ'],
  ['comittee on fisheries', 'ep-committee:PECH'],
  ['foreign afairs committee', 'ep-committee:AFET'],
  ['Identity and Democrasy', 'ep-group:ID'],
]

/** Two errors. */
export const TWO_ERRORS: readonly Search[] = [
  ['Kasakstan', 'iso:KZ'],
  ['Kasachztan', 'iso:KZ'],
  ['Pugidemond', 'ep-mep:202351'],
  ['Glucksman Rafael', 'ep-mep:197694'],
  ['Manferd Webber', 'ep-mep:28229'],
  ['Roberto Metsolla', 'ep-mep:118859'],
  ['Heinalluoma Eeero', 'ep-mep:197800'],
  ['Dragosh Tudorake', 'ep-mep:197665'],
  ['Mozzambigue', 'iso:MZ'],
  ['Patroits for Eurpe', 'ep-group:PFE'],
  ['Ciffrova Ostrihonova', 'ep-mep:257014'],
]

/** Abbreviations, codes, and names of groups that have changed since. */
export const ABBREVIATIONS: readonly Search[] = [
  ['VP/HR', 'office:vp-hr'],
  ['OSCE', 'org:osce'],
  ['osce', 'org:osce'],
  ['UN', 'org:united-nations'],
  ['EEAS', 'org:eeas'],
  ['OHCHR', 'org:ohchr'],
  ['ICRC', 'org:icrc'],
  ['S&D', 'ep-group:SD'],
  ['GUE/NGL', 'ep-group:GUE_NGL'],
  ['GUE NGL', 'ep-group:GUE_NGL'],
  ['The Left', 'ep-group:GUE_NGL'],
  ['Greens/EFA', 'ep-group:GREEN_EFA'],
  ['Greens EFA', 'ep-group:GREEN_EFA'],
  ['European Free Alliance', 'ep-group:GREEN_EFA'],
  ['EPP', 'ep-group:EPP'],
  ['European Peoples Party', 'ep-group:EPP'],
  ['ECR', 'ep-group:ECR'],
  ['AFET', 'ep-committee:AFET'],
  ['LIBE', 'ep-committee:LIBE'],
  ['KZ', 'iso:KZ'],
]

/** References in whatever spelling, and numbers. */
export const REFERENCES: readonly Search[] = [
  ['RC-B9-0065/2022', 'ep-doc:RC-B9-0065/2022'],
  ['RC-9-2022-0065', 'ep-doc:RC-B9-0065/2022'],
  ['rc\u2011b9\u20110065/2022', 'ep-doc:RC-B9-0065/2022'],
  ['P9_TA(2022)0012', 'ta:P9_TA(2022)0012'],
  ['TA-9-2022-0012', 'ta:P9_TA(2022)0012'],
  ['2022/2505(RSP)', 'ep-proc:2022/2505(RSP)'],
  ['2022/0134(COD)', 'ep-proc:2022/0134(COD)'],
  ['A9-0188/2023', 'ep-doc:A9-0188/2023'],
  ['A-9-2023-0188', 'ep-doc:A9-0188/2023'],
  ['RC-B9-0277/2021 Armenia', 'ep-doc:RC-B9-0277/2021'],
  ['139038', 'ep-vote:139038'],
]

/** Names and titles as they are, or some words of them. */
export const PLAIN: readonly Search[] = [
  ['Josep Borrell', 'person:josep-borrell'],
  ['Metsola', 'ep-mep:118859'],
  ['Goerens', 'ep-mep:840'],
  ['situation in kazakhstan', 'ta:P9_TA(2022)0012'],
  ['protests in kazakhstan', 'event:kazakhstan-protests-2022'],
  ['foreign affairs', 'ep-committee:AFET'],
  ['artificial intelligence act', 'ep-doc:A9-0188/2023'],
  ['International Criminal Court', 'org:icc'],
  ['Almaty', 'place:almaty'],
  ['EuroVoc 1254', 'eurovoc:1254'],
  ['organic farming', 'eurovoc:568'],
]

/** What nobody means, and what only a full-text engine would take for more than it is. */
export const NOTHING: readonly string[] = [
  'xqzwv',
  'Zaphod Beeblebrox',
  'Josep Zzyzx',
  'Borrell Kwyjibo',
  'RC-B9-9999/2099',
  '***',
  '" OR ""*',
  'NEAR(borrell qwertzuiop)',
  'keys:borrell^9 AND wyvernhome~2',
  ')(;--',
]

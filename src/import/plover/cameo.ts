/** What a CAMEO code says: the type of event in PLOVER, null where PLOVER has none, and the words of its root. */
export interface CameoEvent {
  readonly type: string | null
  readonly words: string
}

/**
 * The codes of CAMEO 1.1b3, a root a line: its code | its words | its type of event in PLOVER's map of 2021, empty where
 * the map leaves it out | the third digits there are | the fourth digits there are, `2:4` for four codes under xx2.
 */
const ROOTS = `
01|make public statement||0-9|
02|appeal||0-8|1:4 3:4 4:4 5:6
03|express intent to cooperate|AGREE|0-9|1:4 3:4 4:4 5:6
04|consult|CONSULT|0-6|
05|engage in diplomatic cooperation|SUPPORT|0-7|
06|engage in material cooperation|COOPERATE|0-4|
07|provide aid|AID|0-5|
08|yield|CONCEDE|0-7|1:4 3:4 4:2 6:3 7:4
09|investigate|ACCUSE|0-4|
10|demand|REQUEST|0-8|1:4 3:4 4:4 5:6
11|disapprove|ACCUSE|0-6|2:5
12|reject|REJECT|0-9|1:4 2:4 3:4 4:6
13|threaten|THREATEN|0-9|1:3 2:4 8:5
14|protest|PROTEST|0-5|1:4 2:4 3:4 4:4 5:4
15|exhibit force posture|MOBILIZE|0-5|
16|reduce relations|SANCTION|0-6|2:3 6:3
17|coerce|COERCE|0-6|1:2 2:4
18|assault|ASSAULT|0-6|2:3 3:4
19|fight|ASSAULT|0-6|5:2
20|use unconventional mass violence|ASSAULT|0-4|4:2`

/** Codes that the map of 2021 gives another type than their root; a longer code goes before a shorter one. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // Ease a curfew or a state of emergency; release, ease sanctions, let in, disarm.
  '0813': 'RETREAT',
  '0814': 'RETREAT',
  '084': 'RETREAT',
  '085': 'RETREAT',
  '086': 'RETREAT',
  '087': 'RETREAT',
  // Impose an embargo, a boycott or sanctions.
  '163': 'COERCE',
  // Destroy property; violent repression.
  '1712': 'ASSAULT',
  '175': 'ASSAULT',
  // Impose a blockade; occupy territory.
  '191': 'COERCE',
  '192': 'COERCE',
}

const readCodes = (): ReadonlyMap<string, CameoEvent> => {
  const codes = new Map<string, CameoEvent>()
  for (const line of ROOTS.trim().split('\n')) {
    const [root = '', words = '', type = '', third = '', fourth = ''] = line.split('|')
    const put = (code: string) => {
      const exception = EXCEPTIONS[code] ?? EXCEPTIONS[code.slice(0, 3)]
      codes.set(code, { type: (exception ?? type) || null, words })
    }
    put(root)
    for (let digit = 0; digit <= Number(third.slice(2)); digit++) put(`${root}${digit}`)
    for (const [digit, many] of fourth.split(' ').map((each) => each.split(':'))) {
      for (let last = 1; last <= Number(many ?? 0); last++) put(`${root}${digit}${last}`)
    }
  }
  return codes
}

const CODES = readCodes()

/** What a CAMEO code says, with its leading zero; null for what is not a code of CAMEO. */
export const cameoEvent = (code: string): CameoEvent | null => CODES.get(code) ?? null

/** Codes of roles and sectors, which CAMEO and PLOVER share. */
const ROLES: Readonly<Record<string, string>> = {
  AGR: 'Agriculture',
  BUS: 'Business',
  COP: 'Police',
  CRM: 'Criminals',
  CVL: 'Civilians',
  DEV: 'Development',
  EDU: 'Education',
  ELI: 'Elites',
  ENV: 'Environment',
  GOV: 'Government',
  HLH: 'Health',
  HRI: 'Human rights',
  IGO: 'Intergovernmental organisation',
  IMG: 'International militarised group',
  INS: 'Insurgents',
  INT: 'International actors',
  JUD: 'Judiciary',
  LAB: 'Labour',
  LEG: 'Legislature',
  MED: 'Media',
  MIL: 'Military',
  MNC: 'Multinational corporation',
  MOD: 'Moderates',
  NGM: 'Non-governmental movement',
  NGO: 'Non-governmental organisation',
  OPP: 'Opposition',
  PTY: 'Party',
  RAD: 'Radicals',
  REB: 'Rebels',
  REF: 'Refugees',
  SEP: 'Separatists',
  SET: 'Settlers',
  SPY: 'Intelligence service',
  UAF: 'Unaligned armed forces',
  UIS: 'Unidentified state actors',
}

/** The words for a code of a role or sector; the code itself where it is not known. */
export const roleWords = (code: string): string => ROLES[code] ?? code

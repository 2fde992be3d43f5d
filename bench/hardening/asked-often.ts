/** Questions of the kind that are asked again and again, small ones and lists, about the seed. */
export const SHORT_QUESTIONS: readonly string[] = [
  '{ graph { version } }',
  '{ resolution(reference: "P9_TA(2022)0012") { title finalVote { date tally { for against abstention } } demands(first: 9) { totalCount nodes { text addressees { nodes { name } } sources { edges { locator node { id } } } } } } }',
  '{ person(id: "person:josep-borrell") { name demands { edges { inferred via { id } node { id } } } } }',
  '{ voteEvents(first: 20) { totalCount nodes { id title date tally { for against abstention } sources { nodes { id title } } } } }',
]

/** Questions of some milliseconds to some tens of them each about the export with synthetic votes: words in titles, a roll call, a member's votes. */
const LONG_QUESTIONS: readonly string[] = [
  ...['energy', 'budget', 'fisheries', 'Ukraine'].map(
    (word) =>
      `{ voteEvents(first: 20, where: { title: { contains: "${word}" } }) { totalCount nodes { id title date tally { for against abstention } } } }`,
  ),
  '{ voteEvent(id: "ep-vote:139038") { title votes(first: 200) { totalCount edges { option country { id } node { name } } } } }',
  '{ voteEvents(first: 50, orderBy: [TITLE_DESC]) { nodes { id title subjects(first: 5) { nodes { id } } } } }',
]

export const ASKED_OFTEN = { short: SHORT_QUESTIONS, long: LONG_QUESTIONS } as const

/** Which of them are asked. */
export type AskedOften = keyof typeof ASKED_OFTEN

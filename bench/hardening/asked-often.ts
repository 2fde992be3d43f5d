/** Questions of the kind that are asked again and again, small ones and lists, about the seed. */
export const QUESTIONS: readonly string[] = [
  '{ graph { version } }',
  '{ resolution(reference: "P9_TA(2022)0012") { title finalVote { date tally { for against abstention } } demands(first: 9) { totalCount nodes { text addressees { nodes { name } } sources { edges { locator node { id } } } } } } }',
  '{ person(id: "person:josep-borrell") { name demands { edges { inferred via { id } node { id } } } } }',
  '{ voteEvents(first: 20) { totalCount nodes { id title date tally { for against abstention } sources { nodes { id title } } } } }',
]

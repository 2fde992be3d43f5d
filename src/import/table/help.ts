/** A mapping to begin with, as the command line shows it. */
export const HELP = `A mapping to begin with; docs/sources/table.md explains it:

source: { id: source:my-council, title: Votes of my council, license: CC-BY-4.0 }
body: { id: org:my-council, name: My Council }
groups: { id: "my-group:{value}" }        # whatever stands in the column is a group
ballots:
  file: ballots.csv
  key: number                             # the column by which other tables name a ballot
  id: my-vote:{number}                    # columns in braces
  title: subject                          # the name of a column
  date: { column: day, format: DD.MM.YYYY }
members:
  file: members.csv
  key: seat
  id: my-member:{seat}
  name: name
votes:
  file: votes.csv
  ballot: number
  member: seat
  option: { column: vote, values: { yes: FOR, no: AGAINST, abstain: ABSTENTION, absent: DID_NOT_VOTE } }
  group: party
`

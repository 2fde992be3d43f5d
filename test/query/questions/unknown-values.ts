import type { Questions } from './question.js'

export const unknownValues: Questions = {
  seed: [
    {
      asks: 'How many ballots are not known to have been rejected?',
      question: `{
        rejected: voteEvents(where: { result: { eq: REJECTED } }) { totalCount undecidedCount }
        not: voteEvents(where: { not: { result: { eq: REJECTED } } }) {
          totalCount undecidedCount
          nodes { id }
        }
      }`,
      answer: {
        rejected: { totalCount: 0, undecidedCount: 4 },
        not: { totalCount: 1, undecidedCount: 4, nodes: [{ id: 'ep-vote:139038' }] },
      },
    },
    {
      asks: 'Of which ballots is the result known?',
      question: `{
        known: voteEvents(where: { result: { known: true } }) { totalCount undecidedCount }
        not: voteEvents(where: { result: { known: false } }) { totalCount undecidedCount }
      }`,
      answer: { known: { totalCount: 1, undecidedCount: 0 }, not: { totalCount: 4, undecidedCount: 0 } },
    },
    {
      asks: 'Does "adopted, or any other" hold for a ballot whose result is not known?',
      question: `{
        voteEvents(where: { or: [{ result: { eq: ADOPTED } }, { not: { result: { eq: ADOPTED } } }] }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 1, undecidedCount: 4 } },
    },
    {
      asks: 'Does something that is known settle what is not?',
      question: `{
        any: voteEvents(where: { or: [{ result: { eq: ADOPTED } }, { isRollCall: { eq: true } }] }) {
          totalCount undecidedCount
        }
        both: voteEvents(where: { result: { eq: ADOPTED }, isRollCall: { eq: false } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { any: { totalCount: 5, undecidedCount: 0 }, both: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Which bodies have an official name that is not known?',
      question: '{ organizations(where: { officialName: { known: false } }) { totalCount undecidedCount } }',
      answer: { organizations: { totalCount: 11, undecidedCount: 0 } },
    },
    {
      asks: 'Which bodies are not called the EU, as far as is known?',
      question: '{ organizations(where: { not: { shortName: { eq: "EU" } } }) { totalCount undecidedCount } }',
      answer: { organizations: { totalCount: 14, undecidedCount: 4 } },
    },
    {
      asks: 'Of which sources is the day not known?',
      question: '{ sources(where: { published: { known: false } }) { nodes { id } } }',
      answer: {
        sources: { nodes: [{ id: 'source:ep-procedure-2022-2505' }, { id: 'source:perlid-kazakhstan-resolution' }] },
      },
    },
    {
      asks: 'Which sources were not published in 2022, as far as is known?',
      question: '{ sources(where: { not: { published: { within: "2022" } } }) { totalCount undecidedCount } }',
      answer: { sources: { totalCount: 0, undecidedCount: 2 } },
    },
    {
      asks: 'Is a body known to be outside the Union if nothing says of what it is a part?',
      question: `{
        organizations(where: { not: { partOf: { id: { eq: "org:european-union" } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { organizations: { totalCount: 8, undecidedCount: 8 } },
    },
    {
      asks: 'Of how many ballots is nothing known about the groups?',
      question: '{ voteEvents(where: { counts: { some: {} } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 1, undecidedCount: 4 } },
    },
    {
      asks: 'Is any ballot known to have no tallies of groups?',
      question: `{
        none: voteEvents(where: { counts: { none: {} } }) { totalCount undecidedCount }
        zero: voteEvents(where: { counts: { count: { eq: 0 } } }) { totalCount undecidedCount }
      }`,
      answer: { none: { totalCount: 0, undecidedCount: 4 }, zero: { totalCount: 0, undecidedCount: 4 } },
    },
    {
      asks: 'Who voted for in the ballots, where no votes of members are published?',
      question: `{
        voteEvents(where: { votes: { some: { link: { option: { eq: FOR } } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 5 } },
    },
    {
      asks: 'Has any motion amendments that are on record?',
      question: `{
        motions(where: { amendments: { some: {} } }) { totalCount undecidedCount }
        none: motions(where: { amendments: { none: {} } }) { totalCount undecidedCount }
      }`,
      answer: { motions: { totalCount: 0, undecidedCount: 0 }, none: { totalCount: 6, undecidedCount: 0 } },
    },
    {
      asks: 'Does everything hold for each amendment of a text that has none?',
      question: '{ motions(where: { amendments: { every: { number: { eq: "1" } } } }) { totalCount undecidedCount } }',
      answer: { motions: { totalCount: 6, undecidedCount: 0 } },
    },
    {
      asks: 'Which claims give a range?',
      question: `{
        claims(where: { or: [{ low: { known: true } }, { high: { known: true } }] }) {
          totalCount undecidedCount
        }
      }`,
      answer: { claims: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Which claims state at most 100 at the lowest?',
      question: '{ claims(where: { low: { lte: 100 } }) { totalCount undecidedCount } }',
      answer: { claims: { totalCount: 0, undecidedCount: 2 } },
    },
    {
      asks: 'Whose family name does not begin with B?',
      question: '{ persons(where: { not: { familyName: { startsWith: "b" } } }) { totalCount undecidedCount } }',
      answer: { persons: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Who was born before 1960?',
      question: '{ persons(where: { birthDate: { within: "../1959" } }) { totalCount undecidedCount } }',
      answer: { persons: { totalCount: 0, undecidedCount: 1 } },
    },
    {
      asks: 'Which persons are known to represent no country?',
      question: `{
        no: persons(where: { country: { known: false } }) { totalCount undecidedCount }
        some: persons(where: { country: { kind: { eq: COUNTRY } } }) { totalCount undecidedCount }
      }`,
      answer: { no: { totalCount: 1, undecidedCount: 0 }, some: { totalCount: 0, undecidedCount: 1 } },
    },
    {
      asks: 'Which tallies count a country?',
      question: `{
        voteCounts(where: { by: { eq: COUNTRY } }) { totalCount undecidedCount }
        linked: voteCounts(where: { country: { known: false } }) { totalCount }
      }`,
      answer: { voteCounts: { totalCount: 0, undecidedCount: 0 }, linked: { totalCount: 8 } },
    },
    {
      asks: 'Which procedures have reached a stage that is not known?',
      question: `{
        procedures(where: { stage: { known: false } }) { nodes { reference stage } }
        not: procedures(where: { not: { stage: { eq: "RDG1" } } }) { totalCount undecidedCount }
      }`,
      answer: {
        procedures: { nodes: [{ reference: '2022/2505(RSP)', stage: null }] },
        not: { totalCount: 0, undecidedCount: 1 },
      },
    },
    {
      asks: 'Does an unknown inside a neighbour stay unknown?',
      question: '{ voteCounts(where: { voteEvent: { stage: { eq: "x" } } }) { totalCount undecidedCount } }',
      answer: { voteCounts: { totalCount: 0, undecidedCount: 8 } },
    },
    {
      asks: 'Is a double negation the thing itself?',
      question: `{
        voteEvents(where: { not: { not: { result: { eq: ADOPTED } } } }) {
          totalCount undecidedCount
          nodes { id }
        }
      }`,
      answer: { voteEvents: { totalCount: 1, undecidedCount: 4, nodes: [{ id: 'ep-vote:139038' }] } },
    },
  ],
  made: [
    {
      asks: 'Is a ballot main of which nobody says so?',
      question: `{
        main: voteEvents(where: { isMain: { eq: true } }) { totalCount undecidedCount }
        not: voteEvents(where: { isMain: { eq: false } }) { totalCount undecidedCount }
        unknown: voteEvents(where: { isMain: { known: false }, date: { known: false } }) { nodes { id } }
      }`,
      answer: {
        main: { totalCount: 1, undecidedCount: 1 },
        not: { totalCount: 2, undecidedCount: 1 },
        unknown: { nodes: [{ id: 'assembly-vote:4' }] },
      },
    },
    {
      asks: 'Which ballots had a majority for, where one number is missing?',
      question: `{
        voteEvents(where: { majority: { eq: FOR } }) { nodes { id } totalCount undecidedCount }
        known: voteEvents(where: { majority: { known: false } }, orderBy: [ID_ASC]) { nodes { id } }
      }`,
      answer: {
        voteEvents: { nodes: [{ id: 'assembly-vote:1' }], totalCount: 1, undecidedCount: 3 },
        known: { nodes: [{ id: 'assembly-vote:2' }, { id: 'assembly-vote:3' }, { id: 'assembly-vote:4' }] },
      },
    },
    {
      asks: 'Was a ballot held in the assembly if nobody says where?',
      question: `{
        voteEvents(where: { organization: { id: { eq: "org:assembly" } } }) { totalCount undecidedCount }
        not: voteEvents(where: { not: { organization: { kind: { eq: PARLIAMENT } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 3, undecidedCount: 1 }, not: { totalCount: 0, undecidedCount: 1 } },
    },
    {
      asks: 'Which votes went against the group, and of which is it not known?',
      question: `{
        against: voteStats(where: { againstGroup: { eq: true } }) { totalCount undecidedCount }
        not: voteStats(where: { againstGroup: { eq: false } }) { totalCount undecidedCount }
        unknown: voteStats(where: { againstGroup: { known: false } }, orderBy: [KEY_ASC]) {
          rows { by { option person { id } } count }
        }
      }`,
      answer: {
        against: { totalCount: 1, undecidedCount: 4 },
        not: { totalCount: 3, undecidedCount: 4 },
        unknown: {
          rows: [
            { by: { option: 'AGAINST', person: { id: 'person:eve' } }, count: 1 },
            { by: { option: 'DID_NOT_VOTE', person: { id: 'person:eve' } }, count: 1 },
            { by: { option: 'FOR', person: { id: 'person:ada' } }, count: 1 },
            { by: { option: 'FOR', person: { id: 'person:di' } }, count: 1 },
          ],
        },
      },
    },
    {
      asks: 'Does an unknown role match either role?',
      question: `{
        motion(id: "assembly-doc:1") {
          sponsor: tabledBy(where: { link: { role: { eq: SPONSOR } } }) {
            nodes { id }
            totalCount undecidedCount
          }
          other: tabledBy(where: { link: { role: { known: false } } }) { nodes { id } totalCount }
        }
      }`,
      answer: {
        motion: {
          sponsor: { nodes: [{ id: 'person:ada' }], totalCount: 1, undecidedCount: 1 },
          other: { nodes: [{ id: 'org:assembly/floods' }], totalCount: 1 },
        },
      },
    },
    {
      asks: 'Which claims are more than 14, or give no single figure?',
      question: `{
        claims(where: { or: [{ value: { gt: 14 } }, { value: { known: false } }] }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        claims: { nodes: [{ id: 'claim:flood-2' }, { id: 'claim:flood-3' }], totalCount: 2, undecidedCount: 0 },
      },
    },
    {
      asks: 'Which ballots have votes of whom not all are on record, as the gate found?',
      question: `{
        voteEvents(where: { issues: { some: { rule: { eq: MEMBERS_SUM_TO_TALLIES } } } }) {
          nodes {
            id
            votes { totalCount }
            tally { voting }
            issues(where: { rule: { eq: MEMBERS_SUM_TO_TALLIES } }) { totalCount }
          }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [{ id: 'assembly-vote:2', votes: { totalCount: 2 }, tally: { voting: 5 }, issues: { totalCount: 1 } }],
          totalCount: 1,
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'Is a member known not to have abstained where only some votes are on record?',
      question: `{
        none: voteEvents(where: { votes: { none: { link: { option: { eq: ABSTENTION } } } } }) {
          totalCount undecidedCount
        }
        some: voteEvents(where: { votes: { some: { link: { option: { eq: FOR } } } } }, orderBy: [ID_ASC]) {
          nodes { id }
          undecidedCount
        }
      }`,
      answer: {
        none: { totalCount: 0, undecidedCount: 3 },
        some: { nodes: [{ id: 'assembly-vote:1' }, { id: 'assembly-vote:2' }], undecidedCount: 2 },
      },
    },
    {
      asks: 'Did all vote for, or just two at all, where only some votes are on record?',
      question: `{
        every: voteEvents(where: { votes: { every: { link: { option: { eq: FOR } } } } }) {
          totalCount undecidedCount
        }
        two: voteEvents(where: { votes: { count: { eq: 2 } } }) { totalCount undecidedCount }
        six: voteEvents(where: { votes: { count: { eq: 6 } } }) { nodes { id } undecidedCount }
      }`,
      answer: {
        every: { totalCount: 0, undecidedCount: 2 },
        two: { totalCount: 0, undecidedCount: 3 },
        six: { nodes: [{ id: 'assembly-vote:1' }], undecidedCount: 3 },
      },
    },
    {
      asks: 'Which records did the gate find nothing about?',
      question: `{
        voteEvents(where: { issues: { none: {} } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: { nodes: [{ id: 'assembly-vote:3' }, { id: 'assembly-vote:4' }], totalCount: 2, undecidedCount: 0 },
      },
    },
  ],
  real: [
    {
      asks: 'Which ballots have no title?',
      question: `{
        voteEvents(where: { title: { known: false } }) { totalCount undecidedCount }
        not: voteEvents(where: { not: { title: { contains: "ukraine" } } }) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 21, undecidedCount: 0 }, not: { totalCount: 40, undecidedCount: 21 } },
    },
    {
      asks: 'How many ballots are known to have been adopted, and of how many is it not known?',
      question: '{ voteEvents(where: { result: { eq: ADOPTED } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 28, undecidedCount: 68 } },
    },
    {
      asks: 'In which ballots is the country on record that a voter had at the time?',
      question: `{
        voteEvents(where: { votes: { some: { link: { country: { known: true } } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 92 } },
    },
    {
      asks: 'Of which persons is the day of birth known, where the country is?',
      question: '{ persons(where: { birthDate: { known: false }, country: { known: true } }) { nodes { sortName } } }',
      answer: {
        persons: {
          nodes: [
            { sortName: 'GEADI, Geadis' },
            { sortName: 'HADJIPANTELA, Michalis' },
            { sortName: 'KRIŠTOPANS, Vilis' },
          ],
        },
      },
    },
    {
      asks: 'Of how many persons is it not known whether they are Maltese?',
      question: `{
        persons(where: { country: { id: { eq: "iso:MT" } } }) { totalCount undecidedCount }
        not: persons(where: { not: { country: { id: { eq: "iso:MT" } } } }) { totalCount undecidedCount }
      }`,
      answer: { persons: { totalCount: 10, undecidedCount: 604 }, not: { totalCount: 40, undecidedCount: 604 } },
    },
    {
      asks: "Did somebody vote against a group's majority?",
      question: `{
        voteEvents(
          where: { votes: { some: { link: { againstGroup: { eq: true } } } } }
          orderBy: [ID_ASC]
        ) { totalCount undecidedCount nodes { id } }
      }`,
      answer: {
        voteEvents: { totalCount: 2, undecidedCount: 99, nodes: [{ id: 'ep-vote:164499' }, { id: 'ep-vote:164536' }] },
      },
    },
    {
      asks: 'In which ballots did everybody vote with the group?',
      question: `{
        voteEvents(where: { votes: { every: { link: { againstGroup: { eq: false } } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 99 } },
    },
    {
      asks: 'How many tallies of groups have a majority that is not for?',
      question: '{ voteCounts(where: { not: { majority: { eq: FOR } } }) { totalCount undecidedCount } }',
      answer: { voteCounts: { totalCount: 39, undecidedCount: 3 } },
    },
    {
      asks: 'Of how many organisations is the kind of the whole not known that they are part of?',
      question: '{ organizations(where: { partOf: { kind: { eq: PARLIAMENT } } }) { totalCount undecidedCount } }',
      answer: { organizations: { totalCount: 19, undecidedCount: 17 } },
    },
    {
      asks: 'Is there a ballot of which it is not known whether it was a main one?',
      question: '{ issues { totalCount } voteEvents(where: { isMain: { known: false } }) { totalCount nodes { id } } }',
      answer: { issues: { totalCount: 0 }, voteEvents: { totalCount: 0, nodes: [] } },
    },
    {
      asks: 'Of which ballots is the text that they were on not known?',
      question: `{
        voteEvents(where: { on: { known: false } }) { totalCount undecidedCount }
        titled: voteEvents(where: { on: { title: { contains: "ukraine" } } }) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 15, undecidedCount: 0 }, titled: { totalCount: 40, undecidedCount: 36 } },
    },
  ],
}

import type { Questions } from './question.js'

export const figures: Questions = {
  seed: [
    {
      asks: 'How many ballots were there, and how many votes for in all?',
      question: `{
        voteEventStats {
          totalCount kindCount suppressed undecidedCount
          rows { count share tally { for { sum min max mean known } } }
        }
      }`,
      answer: {
        voteEventStats: {
          totalCount: 5,
          kindCount: 1,
          suppressed: 0,
          undecidedCount: 0,
          rows: [{ count: 5, share: 1, tally: { for: { sum: 2125, min: 79, max: 623, mean: 425, known: 5 } } }],
        },
      },
    },
    {
      asks: 'How close were the main ballots and the others?',
      question: '{ voteEventStats { rows { by { isMain } count share margin { min max mean } } } }',
      answer: {
        voteEventStats: {
          rows: [
            { by: { isMain: false }, count: 4, share: 0.8, margin: { min: 32, max: 606, mean: 369 } },
            { by: { isMain: true }, count: 1, share: 0.2, margin: { min: 554, max: 554, mean: 554 } },
          ],
        },
      },
    },
    {
      asks: 'How did the ballots end, as far as is known?',
      question: '{ voteEventStats { rows { by { result } count share } } }',
      answer: {
        voteEventStats: {
          rows: [
            { by: { result: null }, count: 4, share: 0.8 },
            { by: { result: 'ADOPTED' }, count: 1, share: 0.2 },
          ],
        },
      },
    },
    {
      asks: 'Which option had the most votes how often?',
      question: '{ voteEventStats(orderBy: [KEY_ASC]) { rows { by { majority } count } } }',
      answer: {
        voteEventStats: {
          rows: [
            { by: { majority: 'AGAINST' }, count: 2 },
            { by: { majority: 'FOR' }, count: 3 },
          ],
        },
      },
    },
    {
      asks: 'How many ballots were held in each year and month?',
      question:
        '{ voteEventStats { rows { by { year: date(unit: YEAR) month: date(unit: MONTH) day: date } count } } }',
      answer: { voteEventStats: { rows: [{ by: { year: '2022', month: '2022-01', day: '2022-01-20' }, count: 5 }] } },
    },
    {
      asks: 'How did the votes of the groups add up in the ballot?',
      question: `{
        voteCountStats {
          totalCount
          rows {
            count
            tally { for { sum } against { sum } abstention { sum } voting { sum } didNotVote { sum } }
          }
        }
      }`,
      answer: {
        voteCountStats: {
          totalCount: 8,
          rows: [
            {
              count: 8,
              tally: {
                for: { sum: 589 },
                against: { sum: 35 },
                abstention: { sum: 47 },
                voting: { sum: 671 },
                didNotVote: { sum: 34 },
              },
            },
          ],
        },
      },
    },
    {
      asks: 'Which kinds of majority had the groups, and how large were they?',
      question: '{ voteCountStats { rows { by { majority } count share tally { voting { sum min max mean } } } } }',
      answer: {
        voteCountStats: {
          rows: [
            {
              by: { majority: 'FOR' },
              count: 7,
              share: 0.875,
              tally: { voting: { sum: 603, min: 22, max: 171, mean: 86.142857 } },
            },
            {
              by: { majority: 'AGAINST' },
              count: 1,
              share: 0.125,
              tally: { voting: { sum: 68, min: 68, max: 68, mean: 68 } },
            },
          ],
        },
      },
    },
    {
      asks: 'How many members of each group voted, the first three by their id?',
      question: `{
        voteCountStats(orderBy: [KEY_ASC], first: 3) {
          kindCount
          rows { by { organization { id } } tally { voting { sum } } }
          pageInfo { hasNextPage hasPreviousPage }
        }
      }`,
      answer: {
        voteCountStats: {
          kindCount: 8,
          rows: [
            { by: { organization: { id: 'ep-group:ECR' } }, tally: { voting: { sum: 62 } } },
            { by: { organization: { id: 'ep-group:EPP' } }, tally: { voting: { sum: 171 } } },
            { by: { organization: { id: 'ep-group:GREEN_EFA' } }, tally: { voting: { sum: 71 } } },
          ],
          pageInfo: { hasNextPage: true, hasPreviousPage: false },
        },
      },
    },
    {
      asks: 'Which majorities did at least two groups have?',
      question:
        '{ voteCountStats(atLeast: 2) { suppressed kindCount totalCount rows { by { majority } count share } } }',
      answer: {
        voteCountStats: {
          suppressed: 1,
          kindCount: 2,
          totalCount: 8,
          rows: [{ by: { majority: 'FOR' }, count: 7, share: 0.875 }],
        },
      },
    },
    {
      asks: 'What is left out where at least nine are asked for?',
      question: '{ voteCountStats(atLeast: 9) { suppressed kindCount totalCount rows { count } } }',
      answer: { voteCountStats: { suppressed: 1, kindCount: 1, totalCount: 8, rows: [] } },
    },
    {
      asks: 'Of the tallies of groups larger than 90, how many were mostly for?',
      question: `{
        voteCountStats(where: { tally: { voting: { gt: 90 } } }) {
          totalCount
          rows { by { majority } count share tally { for { sum } } }
        }
      }`,
      answer: {
        voteCountStats: {
          totalCount: 3,
          rows: [{ by: { majority: 'FOR' }, count: 3, share: 1, tally: { for: { sum: 401 } } }],
        },
      },
    },
    {
      asks: 'How many demands of each kind are there?',
      question: '{ demandStats(orderBy: [COUNT_DESC]) { kindCount rows { by { action } count share } } }',
      answer: {
        demandStats: {
          kindCount: 6,
          rows: [
            { by: { action: 'CONCEDE' }, count: 3, share: 0.333333 },
            { by: { action: 'CONSULT' }, count: 2, share: 0.222222 },
            { by: { action: 'ACCUSE' }, count: 1, share: 0.111111 },
            { by: { action: 'RETREAT' }, count: 1, share: 0.111111 },
            { by: { action: 'SANCTION' }, count: 1, share: 0.111111 },
            { by: { action: null }, count: 1, share: 0.111111 },
          ],
        },
      },
    },
    {
      asks: 'Where in the text do the demands to consult stand?',
      question: `{
        demandStats(where: { action: { eq: CONSULT } }) {
          totalCount undecidedCount
          rows { count position { min max mean } responseCount { sum } }
        }
      }`,
      answer: {
        demandStats: {
          totalCount: 2,
          undecidedCount: 1,
          rows: [{ count: 2, position: { min: 4, max: 5, mean: 4.5 }, responseCount: { sum: 0 } }],
        },
      },
    },
    {
      asks: 'What do the claims say, by what they count?',
      question: `{
        claimStats(orderBy: [KEY_ASC]) {
          rows { by { property unit } count value { min max known } low { known } }
        }
      }`,
      answer: {
        claimStats: {
          rows: [
            {
              by: { property: 'DEATHS', unit: 'people' },
              count: 1,
              value: { min: 225, max: 225, known: 1 },
              low: { known: 0 },
            },
            {
              by: { property: 'VICTIMS', unit: 'people' },
              count: 1,
              value: { min: 4578, max: 4578, known: 1 },
              low: { known: 0 },
            },
          ],
        },
      },
    },
    {
      asks: 'Who claims how much about what?',
      question: '{ claimStats { rows { by { claimant { type name } about { id } } count value { max } } } }',
      answer: {
        claimStats: {
          rows: [
            {
              by: {
                claimant: { type: 'Organization', name: 'Government of Kazakhstan' },
                about: { id: 'event:kazakhstan-protests-2022' },
              },
              count: 2,
              value: { max: 4578 },
            },
          ],
        },
      },
    },
    {
      asks: 'How many persons represent a country?',
      question: '{ personStats { totalCount rows { by { country { id } } count } } }',
      answer: { personStats: { totalCount: 1, rows: [{ by: { country: { id: null } }, count: 1 }] } },
    },
    {
      asks: 'How many events of each type were recorded how?',
      question: '{ eventStats { rows { by { type coding } count share } } }',
      answer: { eventStats: { rows: [{ by: { type: 'PROTEST', coding: 'BY_HAND' }, count: 1, share: 1 }] } },
    },
    {
      asks: 'What are the figures of the ballots about Kazakhstan?',
      question: `{
        place(id: "iso:KZ") {
          voteEventStats { totalCount rows { by { majority } count tally { against { max } } } }
        }
      }`,
      answer: {
        place: {
          voteEventStats: {
            totalCount: 5,
            rows: [
              { by: { majority: 'FOR' }, count: 3, tally: { against: { max: 99 } } },
              { by: { majority: 'AGAINST' }, count: 2, tally: { against: { max: 478 } } },
            ],
          },
        },
      },
    },
    {
      asks: 'What are the figures of the groups in one ballot?',
      question: `{
        voteEvent(id: "ep-vote:139038") {
          countStats(where: { majority: { eq: FOR } }) {
            totalCount undecidedCount
            rows { count share tally { for { sum } abstention { sum } } }
          }
          voteStats { totalCount rows { count share } }
        }
      }`,
      answer: {
        voteEvent: {
          countStats: {
            totalCount: 7,
            undecidedCount: 0,
            rows: [{ count: 7, share: 1, tally: { for: { sum: 561 }, abstention: { sum: 37 } } }],
          },
          voteStats: { totalCount: 0, rows: [{ count: 0, share: null }] },
        },
      },
    },
    {
      asks: 'What are the figures of one group?',
      question: `{
        organization(id: "ep-group:ID") {
          countStats { rows { by { voteEvent { date(unit: YEAR) } } count tally { against { mean } } } }
        }
      }`,
      answer: {
        organization: {
          countStats: { rows: [{ by: { voteEvent: { date: '2022' } }, count: 1, tally: { against: { mean: 30 } } }] },
        },
      },
    },
    {
      asks: 'How many demands does the resolution make of each kind?',
      question: `{
        resolution(id: "ta:P9_TA(2022)0012") {
          demandStats(atLeast: 2) { suppressed rows { by { action } count } }
        }
      }`,
      answer: {
        resolution: {
          demandStats: {
            suppressed: 4,
            rows: [
              { by: { action: 'CONCEDE' }, count: 3 },
              { by: { action: 'CONSULT' }, count: 2 },
            ],
          },
        },
      },
    },
    {
      asks: 'Which claims does a source make?',
      question: `{
        source(id: "source:kaztag-2022-01-21") { claimStats { rows { by { status } count } } }
        source2: source(id: "source:ep-site-2022-01-20") {
          claimStats { totalCount rows { by { status } count } }
        }
      }`,
      answer: {
        source: { claimStats: { rows: [{ by: { status: 'OPEN' }, count: 2 }] } },
        source2: { claimStats: { totalCount: 0, rows: [] } },
      },
    },
    {
      asks: 'Of how many ballots can a filter not tell whether they count?',
      question: `{
        voteEventStats(where: { result: { eq: ADOPTED } }) {
          totalCount undecidedCount
          rows { by { result } count }
        }
      }`,
      answer: { voteEventStats: { totalCount: 1, undecidedCount: 4, rows: [{ by: { result: 'ADOPTED' }, count: 1 }] } },
    },
    {
      asks: 'What are figures of nothing?',
      question: `{
        voteEventStats(where: { id: { in: [] } }) {
          totalCount kindCount
          rows { count share tally { for { sum min max mean known } } }
        }
      }`,
      answer: {
        voteEventStats: {
          totalCount: 0,
          kindCount: 1,
          rows: [{ count: 0, share: null, tally: { for: { sum: null, min: null, max: null, mean: null, known: 0 } } }],
        },
      },
    },
    {
      asks: 'And with a key?',
      question: `{
        voteEventStats(where: { id: { in: [] } }) {
          totalCount kindCount suppressed
          rows { by { isMain } count share }
        }
      }`,
      answer: { voteEventStats: { totalCount: 0, kindCount: 0, suppressed: 0, rows: [] } },
    },
    {
      asks: 'Are the figures of votes empty where none are published?',
      question: '{ voteStats { totalCount rows { by { option } count } } }',
      answer: { voteStats: { totalCount: 0, rows: [] } },
    },
  ],
  made: [
    {
      asks: 'How many ballots were taken how, and what is known of them?',
      question: `{
        voteEventStats(orderBy: [KEY_ASC]) {
          totalCount
          rows {
            by { method isMain }
            count
            tally { for { sum known } against { sum known } voting { sum known } }
          }
        }
      }`,
      answer: {
        voteEventStats: {
          totalCount: 4,
          rows: [
            {
              by: { method: 'ROLL_CALL', isMain: false },
              count: 1,
              tally: { for: { sum: 2, known: 1 }, against: { sum: 2, known: 1 }, voting: { sum: 5, known: 1 } },
            },
            {
              by: { method: 'ROLL_CALL', isMain: true },
              count: 1,
              tally: { for: { sum: 3, known: 1 }, against: { sum: 1, known: 1 }, voting: { sum: 5, known: 1 } },
            },
            {
              by: { method: 'SECRET', isMain: null },
              count: 1,
              tally: { for: { sum: 4, known: 1 }, against: { sum: null, known: 0 }, voting: { sum: null, known: 0 } },
            },
            {
              by: { method: 'SHOW_OF_HANDS', isMain: false },
              count: 1,
              tally: {
                for: { sum: null, known: 0 },
                against: { sum: null, known: 0 },
                voting: { sum: null, known: 0 },
              },
            },
          ],
        },
      },
    },
    {
      asks: 'How many votes were cast by country at the time, and how many of them for?',
      question: `{
        voteStats(orderBy: [KEY_ASC]) {
          totalCount kindCount
          rows { by { country { name } option } count share }
        }
      }`,
      answer: {
        voteStats: {
          totalCount: 8,
          kindCount: 4,
          rows: [
            { by: { country: { name: 'Highland' }, option: 'AGAINST' }, count: 2, share: 0.25 },
            { by: { country: { name: 'Highland' }, option: 'DID_NOT_VOTE' }, count: 1, share: 0.125 },
            { by: { country: { name: 'Lowland' }, option: 'FOR' }, count: 4, share: 0.5 },
            { by: { country: { name: null }, option: 'ABSTENTION' }, count: 1, share: 0.125 },
          ],
        },
      },
    },
    {
      asks: 'How often did members of a group vote with it, against it, or was it not known?',
      question: '{ voteStats(orderBy: [KEY_ASC]) { rows { by { group { name } againstGroup } count share } } }',
      answer: {
        voteStats: {
          rows: [
            { by: { group: { name: 'Synthetic Blues' }, againstGroup: false }, count: 1, share: 0.125 },
            { by: { group: { name: 'Synthetic Blues' }, againstGroup: null }, count: 2, share: 0.25 },
            { by: { group: { name: 'Synthetic Reds' }, againstGroup: false }, count: 2, share: 0.25 },
            { by: { group: { name: 'Synthetic Reds' }, againstGroup: true }, count: 1, share: 0.125 },
            { by: { group: { name: 'Synthetic Reds' }, againstGroup: null }, count: 1, share: 0.125 },
            { by: { group: { name: null }, againstGroup: null }, count: 1, share: 0.125 },
          ],
        },
      },
    },
    {
      asks: 'What do the claims say at the lowest and highest, by what and how they stand?',
      question: `{
        claimStats(orderBy: [KEY_ASC]) {
          totalCount kindCount
          rows { by { property status } count value { min max known } low { min known } high { max known } }
        }
      }`,
      answer: {
        claimStats: {
          totalCount: 4,
          kindCount: 4,
          rows: [
            {
              by: { property: 'DEATHS', status: 'OPEN' },
              count: 1,
              value: { min: 15, max: 15, known: 1 },
              low: { min: null, known: 0 },
              high: { max: null, known: 0 },
            },
            {
              by: { property: 'DEATHS', status: 'SUPERSEDED' },
              count: 1,
              value: { min: 12, max: 12, known: 1 },
              low: { min: null, known: 0 },
              high: { max: null, known: 0 },
            },
            {
              by: { property: 'INJURED', status: 'OPEN' },
              count: 1,
              value: { min: null, max: null, known: 0 },
              low: { min: 40, known: 1 },
              high: { max: 60.5, known: 1 },
            },
            {
              by: { property: 'PARTICIPANTS', status: 'RETRACTED' },
              count: 1,
              value: { min: 0.5, max: 0.5, known: 1 },
              low: { min: null, known: 0 },
              high: { max: null, known: 0 },
            },
          ],
        },
      },
    },
    {
      asks: 'What is claimed by whom, in which source, and published in which year?',
      question: `{
        claimStats(orderBy: [COUNT_DESC]) {
          rows { by { claimant { id } source { publisher { name } published(unit: YEAR) } } count share }
        }
      }`,
      answer: {
        claimStats: {
          rows: [
            {
              by: {
                claimant: { id: 'org:relief' },
                source: { publisher: { name: 'Relief Board' }, published: '2030' },
              },
              count: 2,
              share: 0.5,
            },
            {
              by: {
                claimant: { id: 'org:ministry' },
                source: { publisher: { name: 'Relief Board' }, published: '2030' },
              },
              count: 1,
              share: 0.25,
            },
            {
              by: {
                claimant: { id: 'person:bo' },
                source: { publisher: { name: 'Synthetic Assembly' }, published: '2030' },
              },
              count: 1,
              share: 0.25,
            },
          ],
        },
      },
    },
    {
      asks: 'How many tallies are of groups, and how many of countries?',
      question: `{
        voteCountStats(orderBy: [KEY_ASC]) {
          rows {
            by { by voteEvent { result date(unit: MONTH) } }
            count
            tally { for { sum mean } didNotVote { sum known } }
          }
        }
      }`,
      answer: {
        voteCountStats: {
          rows: [
            {
              by: { by: 'COUNTRY', voteEvent: { result: 'REJECTED', date: '2030-04' } },
              count: 2,
              tally: { for: { sum: 2, mean: 1 }, didNotVote: { sum: null, known: 0 } },
            },
            {
              by: { by: 'GROUP', voteEvent: { result: 'ADOPTED', date: '2030-04' } },
              count: 2,
              tally: { for: { sum: 2, mean: 1 }, didNotVote: { sum: 1, known: 1 } },
            },
          ],
        },
      },
    },
    {
      asks: 'How many demands were answered, by what they ask?',
      question: `{
        demandStats(orderBy: [KEY_ASC]) { rows { by { action responseCount } count } }
        paragraphs: demandStats(orderBy: [KEY_DESC]) { rows { by { paragraph { number } } count } }
      }`,
      answer: {
        demandStats: {
          rows: [
            { by: { action: 'ACCUSE', responseCount: 0 }, count: 1 },
            { by: { action: 'AID', responseCount: 1 }, count: 1 },
            { by: { action: null, responseCount: 0 }, count: 1 },
          ],
        },
        paragraphs: {
          rows: [
            { by: { paragraph: { number: '2' } }, count: 1 },
            { by: { paragraph: { number: '1' } }, count: 1 },
            { by: { paragraph: { number: null } }, count: 1 },
          ],
        },
      },
    },
    {
      asks: 'How many events were recorded how?',
      question: `{
        eventStats(orderBy: [COUNT_ASC, KEY_DESC]) { rows { by { coding } count share } }
        vague: eventStats(where: { date: { within: "2030-03/2030-06" } }) { totalCount undecidedCount }
      }`,
      answer: {
        eventStats: {
          rows: [
            { by: { coding: 'BY_MACHINE' }, count: 1, share: 0.25 },
            { by: { coding: 'BY_HAND' }, count: 3, share: 0.75 },
          ],
        },
        vague: { totalCount: 2, undecidedCount: 1 },
      },
    },
    {
      asks: 'How many members have which name and country?',
      question: '{ personStats(orderBy: [KEY_ASC]) { rows { by { familyName country { name kind } } count } } }',
      answer: {
        personStats: {
          rows: [
            { by: { familyName: 'Example', country: { name: 'Lowland', kind: 'COUNTRY' } }, count: 1 },
            { by: { familyName: null, country: { name: 'Highland', kind: 'COUNTRY' } }, count: 1 },
            { by: { familyName: null, country: { name: 'Lowland', kind: 'COUNTRY' } }, count: 1 },
            { by: { familyName: null, country: { name: null, kind: null } }, count: 3 },
          ],
        },
      },
    },
    {
      asks: 'Which figures have the ballots on one text, by what they were on?',
      question: `{
        voteEventStats(orderBy: [KEY_ASC]) {
          rows { by { on { type reference } dossier { stage } organization { name } } count }
        }
      }`,
      answer: {
        voteEventStats: {
          rows: [
            {
              by: {
                on: { type: 'Amendment', reference: null },
                dossier: { stage: null },
                organization: { name: 'Synthetic Assembly' },
              },
              count: 2,
            },
            {
              by: {
                on: { type: 'Motion', reference: 'SA/1' },
                dossier: { stage: 'FIRST' },
                organization: { name: 'Synthetic Assembly' },
              },
              count: 1,
            },
            {
              by: { on: { type: null, reference: null }, dossier: { stage: null }, organization: { name: null } },
              count: 1,
            },
          ],
        },
      },
    },
    {
      asks: "What are the figures of one member's votes, and of one ballot's countries?",
      question: `{
        person(id: "person:ada") { voteStats { totalCount rows { by { option voteEvent { title } } count } } }
        voteEvent(id: "assembly-vote:2") {
          countStats(orderBy: [KEY_ASC]) {
            totalCount
            rows { by { country { id } } tally { voting { max } } }
          }
        }
      }`,
      answer: {
        person: {
          voteStats: {
            totalCount: 2,
            rows: [
              { by: { option: 'FOR', voteEvent: { title: 'Dikes for Lowland' } }, count: 1 },
              { by: { option: 'FOR', voteEvent: { title: 'Dikes for Lowland, amendment 1, first part' } }, count: 1 },
            ],
          },
        },
        voteEvent: {
          countStats: {
            totalCount: 2,
            rows: [
              { by: { country: { id: 'place:highland' } }, tally: { voting: { max: 1 } } },
              { by: { country: { id: 'place:lowland' } }, tally: { voting: { max: 4 } } },
            ],
          },
        },
      },
    },
  ],
  real: [
    {
      asks: 'How many ballots were held in each year?',
      question: '{ voteEventStats(orderBy: [KEY_ASC]) { totalCount rows { by { date(unit: YEAR) } count share } } }',
      answer: {
        voteEventStats: {
          totalCount: 101,
          rows: [
            { by: { date: '2021' }, count: 4, share: 0.039604 },
            { by: { date: '2022' }, count: 5, share: 0.049505 },
            { by: { date: '2023' }, count: 60, share: 0.594059 },
            { by: { date: '2024' }, count: 32, share: 0.316832 },
          ],
        },
      },
    },
    {
      asks: 'How many ballots on Ukraine were held in each month of 2023, and how close were they?',
      question: `{
        voteEventStats(
          where: { title: { contains: "ukraine" }, date: { within: "2023" } }
          orderBy: [KEY_ASC]
        ) { totalCount undecidedCount rows { by { month: date(unit: MONTH) } count margin { min mean } } }
      }`,
      answer: {
        voteEventStats: {
          totalCount: 39,
          undecidedCount: 21,
          rows: [
            { by: { month: '2023-01' }, count: 3, margin: { min: 428, mean: 450 } },
            { by: { month: '2023-02' }, count: 21, margin: { min: 13, mean: 334.285714 } },
            { by: { month: '2023-05' }, count: 1, margin: { min: 495, mean: 495 } },
            { by: { month: '2023-06' }, count: 7, margin: { min: 227, mean: 321.857143 } },
            { by: { month: '2023-10' }, count: 7, margin: { min: 395, mean: 470.142857 } },
          ],
        },
      },
    },
    {
      asks: 'On which days were at least ten ballots held, the busiest first?',
      question:
        '{ voteEventStats(atLeast: 10, orderBy: [COUNT_DESC]) { kindCount suppressed rows { by { date } count } } }',
      answer: {
        voteEventStats: {
          kindCount: 12,
          suppressed: 9,
          rows: [
            { by: { date: '2023-06-15' }, count: 28 },
            { by: { date: '2024-01-16' }, count: 15 },
            { by: { date: '2023-02-16' }, count: 13 },
          ],
        },
      },
    },
    {
      asks: 'How many ballots of each kind of procedure were there?',
      question: '{ voteEventStats(orderBy: [COUNT_DESC]) { rows { by { dossier { type } } count } } }',
      answer: {
        voteEventStats: {
          rows: [
            { by: { dossier: { type: 'RSP' } }, count: 40 },
            { by: { dossier: { type: null } }, count: 36 },
            { by: { dossier: { type: 'COD' } }, count: 15 },
            { by: { dossier: { type: 'INI' } }, count: 9 },
            { by: { dossier: { type: 'CNS' } }, count: 1 },
          ],
        },
      },
    },
    {
      asks: 'How did ballots end, main ones and others?',
      question: '{ voteEventStats(orderBy: [KEY_ASC]) { kindCount rows { by { isMain result } count } } }',
      answer: {
        voteEventStats: {
          kindCount: 5,
          rows: [
            { by: { isMain: false, result: 'ADOPTED' }, count: 10 },
            { by: { isMain: false, result: 'REJECTED' }, count: 5 },
            { by: { isMain: false, result: null }, count: 60 },
            { by: { isMain: true, result: 'ADOPTED' }, count: 18 },
            { by: { isMain: true, result: null }, count: 8 },
          ],
        },
      },
    },
    {
      asks: 'Which ballots were taken how, and of how many are there figures?',
      question: `{
        voteEventStats {
          rows { by { method } count tally { for { known sum } didNotVote { known max } } margin { known } }
        }
      }`,
      answer: {
        voteEventStats: {
          rows: [
            {
              by: { method: 'ROLL_CALL' },
              count: 100,
              tally: { for: { known: 100, sum: 31865 }, didNotVote: { known: 100, max: 388 } },
              margin: { known: 100 },
            },
            {
              by: { method: 'SHOW_OF_HANDS' },
              count: 1,
              tally: { for: { known: 0, sum: null }, didNotVote: { known: 0, max: null } },
              margin: { known: 0 },
            },
          ],
        },
      },
    },
    {
      asks: 'How often did each group side with whom, over all tallies?',
      question: `{
        voteCountStats(
          where: { organization: { id: { in: ["ep-group:ECR", "ep-group:ID"] } } }
          orderBy: [KEY_ASC]
        ) { totalCount rows { by { organization { shortName } majority } count share } }
      }`,
      answer: {
        voteCountStats: {
          totalCount: 50,
          rows: [
            { by: { organization: { shortName: 'ECR' }, majority: 'ABSTENTION' }, count: 4, share: 0.08 },
            { by: { organization: { shortName: 'ECR' }, majority: 'AGAINST' }, count: 5, share: 0.1 },
            { by: { organization: { shortName: 'ECR' }, majority: 'FOR' }, count: 16, share: 0.32 },
            { by: { organization: { shortName: 'ID' }, majority: 'ABSTENTION' }, count: 6, share: 0.12 },
            { by: { organization: { shortName: 'ID' }, majority: 'AGAINST' }, count: 8, share: 0.16 },
            { by: { organization: { shortName: 'ID' }, majority: 'FOR' }, count: 10, share: 0.2 },
            { by: { organization: { shortName: 'ID' }, majority: null }, count: 1, share: 0.02 },
          ],
        },
      },
    },
    {
      asks: 'How did the groups vote on Ukraine in 2023, in all votes?',
      question: `{
        voteCountStats(
          where: { voteEvent: { title: { contains: "ukraine" }, date: { within: "2023" } } }
          orderBy: [KEY_ASC]
        ) {
          totalCount undecidedCount
          rows { by { organization { id } } count tally { for { sum } against { sum } abstention { sum } } }
        }
      }`,
      answer: {
        voteCountStats: {
          totalCount: 48,
          undecidedCount: 0,
          rows: [
            {
              by: { organization: { id: 'ep-group:ECR' } },
              count: 6,
              tally: { for: { sum: 282 }, against: { sum: 2 }, abstention: { sum: 43 } },
            },
            {
              by: { organization: { id: 'ep-group:EPP' } },
              count: 6,
              tally: { for: { sum: 812 }, against: { sum: 12 }, abstention: { sum: 12 } },
            },
            {
              by: { organization: { id: 'ep-group:GREEN_EFA' } },
              count: 6,
              tally: { for: { sum: 360 }, against: { sum: 2 }, abstention: { sum: 8 } },
            },
            {
              by: { organization: { id: 'ep-group:GUE_NGL' } },
              count: 6,
              tally: { for: { sum: 84 }, against: { sum: 45 }, abstention: { sum: 43 } },
            },
            {
              by: { organization: { id: 'ep-group:ID' } },
              count: 6,
              tally: { for: { sum: 127 }, against: { sum: 79 }, abstention: { sum: 97 } },
            },
            {
              by: { organization: { id: 'ep-group:NI' } },
              count: 6,
              tally: { for: { sum: 70 }, against: { sum: 57 }, abstention: { sum: 38 } },
            },
            {
              by: { organization: { id: 'ep-group:RENEW' } },
              count: 6,
              tally: { for: { sum: 504 }, against: { sum: 1 }, abstention: { sum: 6 } },
            },
            {
              by: { organization: { id: 'ep-group:SD' } },
              count: 6,
              tally: { for: { sum: 640 }, against: { sum: 8 }, abstention: { sum: 15 } },
            },
          ],
        },
      },
    },
    {
      asks: 'How did the members vote on nature restoration, group by group?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          voteStats(orderBy: [KEY_ASC]) { totalCount kindCount rows { by { group { id } option } count } }
        }
      }`,
      answer: {
        voteEvent: {
          voteStats: {
            totalCount: 628,
            kindCount: 20,
            rows: [
              { by: { group: { id: 'ep-group:ECR' }, option: 'ABSTENTION' }, count: 1 },
              { by: { group: { id: 'ep-group:ECR' }, option: 'AGAINST' }, count: 60 },
              { by: { group: { id: 'ep-group:ECR' }, option: 'FOR' }, count: 3 },
              { by: { group: { id: 'ep-group:EPP' }, option: 'ABSTENTION' }, count: 10 },
              { by: { group: { id: 'ep-group:EPP' }, option: 'AGAINST' }, count: 115 },
              { by: { group: { id: 'ep-group:EPP' }, option: 'FOR' }, count: 25 },
              { by: { group: { id: 'ep-group:GREEN_EFA' }, option: 'ABSTENTION' }, count: 2 },
              { by: { group: { id: 'ep-group:GREEN_EFA' }, option: 'FOR' }, count: 69 },
              { by: { group: { id: 'ep-group:GUE_NGL' }, option: 'AGAINST' }, count: 3 },
              { by: { group: { id: 'ep-group:GUE_NGL' }, option: 'FOR' }, count: 28 },
              { by: { group: { id: 'ep-group:ID' }, option: 'AGAINST' }, count: 50 },
              { by: { group: { id: 'ep-group:NI' }, option: 'ABSTENTION' }, count: 2 },
              { by: { group: { id: 'ep-group:NI' }, option: 'AGAINST' }, count: 13 },
              { by: { group: { id: 'ep-group:NI' }, option: 'FOR' }, count: 27 },
              { by: { group: { id: 'ep-group:RENEW' }, option: 'ABSTENTION' }, count: 6 },
              { by: { group: { id: 'ep-group:RENEW' }, option: 'AGAINST' }, count: 30 },
              { by: { group: { id: 'ep-group:RENEW' }, option: 'FOR' }, count: 60 },
              { by: { group: { id: 'ep-group:SD' }, option: 'ABSTENTION' }, count: 3 },
              { by: { group: { id: 'ep-group:SD' }, option: 'AGAINST' }, count: 4 },
              { by: { group: { id: 'ep-group:SD' }, option: 'FOR' }, count: 117 },
            ],
          },
        },
      },
    },
    {
      asks: 'Which groups were the most divided, by votes against the majority?',
      question: `{
        voteStats(where: { againstGroup: { eq: true } }, orderBy: [COUNT_DESC], first: 4) {
          totalCount undecidedCount kindCount
          rows { by { group { shortName } } count share }
          pageInfo { hasNextPage }
        }
      }`,
      answer: {
        voteStats: {
          totalCount: 136,
          undecidedCount: 2330,
          kindCount: 7,
          rows: [
            { by: { group: { shortName: 'Renew' } }, count: 38, share: 0.279412 },
            { by: { group: { shortName: 'EPP' } }, count: 35, share: 0.257353 },
            { by: { group: { shortName: 'ID' } }, count: 28, share: 0.205882 },
            { by: { group: { shortName: 'GUE/NGL' } }, count: 18, share: 0.132353 },
          ],
          pageInfo: { hasNextPage: true },
        },
      },
    },
    {
      asks: 'Who voted against the group twice?',
      question: `{
        voteStats(
          where: { againstGroup: { eq: true }, date: { within: "2024" } }
          atLeast: 2
          orderBy: [KEY_ASC]
        ) { kindCount suppressed rows { by { person { id } group { shortName } } count } }
      }`,
      answer: {
        voteStats: {
          kindCount: 134,
          suppressed: 132,
          rows: [
            { by: { person: { id: 'ep-mep:124862' }, group: { shortName: 'Renew' } }, count: 2 },
            { by: { person: { id: 'ep-mep:197430' }, group: { shortName: 'Renew' } }, count: 2 },
          ],
        },
      },
    },
    {
      asks: 'How did the members of small countries vote, country by country?',
      question: `{
        voteStats(where: { person: { country: { known: true } } }, orderBy: [KEY_ASC]) {
          totalCount undecidedCount
          rows { by { person { country { name } } option } count }
        }
      }`,
      answer: {
        voteStats: {
          totalCount: 121,
          undecidedCount: 0,
          rows: [
            { by: { person: { country: { name: 'Cyprus' } }, option: 'ABSTENTION' }, count: 2 },
            { by: { person: { country: { name: 'Cyprus' } }, option: 'AGAINST' }, count: 5 },
            { by: { person: { country: { name: 'Cyprus' } }, option: 'FOR' }, count: 10 },
            { by: { person: { country: { name: 'Estonia' } }, option: 'AGAINST' }, count: 5 },
            { by: { person: { country: { name: 'Estonia' } }, option: 'FOR' }, count: 15 },
            { by: { person: { country: { name: 'Latvia' } }, option: 'AGAINST' }, count: 8 },
            { by: { person: { country: { name: 'Latvia' } }, option: 'FOR' }, count: 13 },
            { by: { person: { country: { name: 'Luxembourg' } }, option: 'AGAINST' }, count: 14 },
            { by: { person: { country: { name: 'Luxembourg' } }, option: 'FOR' }, count: 26 },
            { by: { person: { country: { name: 'Malta' } }, option: 'ABSTENTION' }, count: 1 },
            { by: { person: { country: { name: 'Malta' } }, option: 'AGAINST' }, count: 4 },
            { by: { person: { country: { name: 'Malta' } }, option: 'FOR' }, count: 18 },
          ],
        },
      },
    },
    {
      asks: 'Which share of all votes had each option in two ballots?',
      question: `{
        voteStats(
          where: { voteEvent: { id: { in: ["ep-vote:164499", "ep-vote:164536"] } } }
          orderBy: [KEY_ASC]
        ) { totalCount rows { by { voteEvent { title } option } count share } }
      }`,
      answer: {
        voteStats: {
          totalCount: 1243,
          rows: [
            {
              by: { voteEvent: { title: 'Establishing the Ukraine Facility' }, option: 'ABSTENTION' },
              count: 39,
              share: 0.031376,
            },
            {
              by: { voteEvent: { title: 'Establishing the Ukraine Facility' }, option: 'AGAINST' },
              count: 40,
              share: 0.03218,
            },
            {
              by: { voteEvent: { title: 'Establishing the Ukraine Facility' }, option: 'FOR' },
              count: 536,
              share: 0.431215,
            },
            { by: { voteEvent: { title: 'Nature restoration' }, option: 'ABSTENTION' }, count: 24, share: 0.019308 },
            { by: { voteEvent: { title: 'Nature restoration' }, option: 'AGAINST' }, count: 275, share: 0.221239 },
            { by: { voteEvent: { title: 'Nature restoration' }, option: 'FOR' }, count: 329, share: 0.264682 },
          ],
        },
      },
    },
    {
      asks: 'How many members represent each country?',
      question: `{
        personStats(orderBy: [COUNT_DESC], atLeast: 1) {
          totalCount kindCount
          rows { by { country { name } } count share }
        }
      }`,
      answer: {
        personStats: {
          totalCount: 654,
          kindCount: 6,
          rows: [
            { by: { country: { name: null } }, count: 604, share: 0.923547 },
            { by: { country: { name: 'Latvia' } }, count: 13, share: 0.019878 },
            { by: { country: { name: 'Cyprus' } }, count: 10, share: 0.015291 },
            { by: { country: { name: 'Malta' } }, count: 10, share: 0.015291 },
            { by: { country: { name: 'Luxembourg' } }, count: 9, share: 0.013761 },
            { by: { country: { name: 'Estonia' } }, count: 8, share: 0.012232 },
          ],
        },
      },
    },
    {
      asks: 'How many events were there in each kind?',
      question: '{ eventStats(orderBy: [COUNT_DESC]) { totalCount rows { by { type coding } count share } } }',
      answer: {
        eventStats: {
          totalCount: 15,
          rows: [
            { by: { type: null, coding: null }, count: 14, share: 0.933333 },
            { by: { type: 'PROTEST', coding: 'BY_HAND' }, count: 1, share: 0.066667 },
          ],
        },
      },
    },
    {
      asks: 'How many demands have which status, and where in the text?',
      question: `{
        demandStats(orderBy: [KEY_ASC]) {
          totalCount
          rows { by { status document { type reference } } count position { min max mean } }
        }
      }`,
      answer: {
        demandStats: {
          totalCount: 14,
          rows: [
            {
              by: { status: 'CONFIRMED', document: { type: 'Resolution', reference: 'P9_TA(2022)0012' } },
              count: 9,
              position: { min: 1, max: 9, mean: 5 },
            },
            {
              by: { status: 'DRAFT', document: { type: 'Motion', reference: 'RC-B10-0249/2025' } },
              count: 5,
              position: { min: 1, max: 5, mean: 3 },
            },
          ],
        },
      },
    },
    {
      asks: "Which figures has one group's record of ballots?",
      question: `{
        organization(id: "ep-group:GREEN_EFA") {
          countStats(where: { tally: { against: { gt: 0 } } }) {
            totalCount undecidedCount
            rows { count tally { for { sum min max } against { sum } voting { mean } } }
          }
        }
      }`,
      answer: {
        organization: {
          countStats: {
            totalCount: 7,
            undecidedCount: 0,
            rows: [
              {
                count: 7,
                tally: { for: { sum: 258, min: 0, max: 71 }, against: { sum: 132 }, voting: { mean: 65.142857 } },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'How many votes for had the main ballots about Ukraine, and how many ballots were about Kazakhstan?',
      question: `{
        ua: place(id: "iso:UA") {
          voteEventStats(where: { isMain: { eq: true } }) {
            totalCount
            rows { count tally { for { min max } } }
          }
        }
        kz: place(id: "iso:KZ") {
          voteEventStats(orderBy: [KEY_DESC]) { rows { by { date(unit: YEAR) isMain } count } }
        }
      }`,
      answer: {
        ua: { voteEventStats: { totalCount: 7, rows: [{ count: 7, tally: { for: { min: 425, max: 537 } } }] } },
        kz: {
          voteEventStats: {
            rows: [
              { by: { date: '2022', isMain: true }, count: 1 },
              { by: { date: '2022', isMain: false }, count: 4 },
              { by: { date: '2021', isMain: true }, count: 1 },
              { by: { date: '2021', isMain: false }, count: 3 },
            ],
          },
        },
      },
    },
    {
      asks: "What are the figures of a committee's ballots?",
      question: `{
        organization(id: "ep-committee:AFET") {
          filedVoteEventStats { totalCount rows { by { isMain } count margin { min max } } }
        }
      }`,
      answer: {
        organization: {
          filedVoteEventStats: {
            totalCount: 9,
            rows: [
              { by: { isMain: false }, count: 6, margin: { min: 395, max: 521 } },
              { by: { isMain: true }, count: 3, margin: { min: 419, max: 496 } },
            ],
          },
        },
      },
    },
    {
      asks: 'How many members voted how on each of two days?',
      question: '{ voteStats(orderBy: [KEY_DESC]) { rows { by { date option } count } } }',
      answer: {
        voteStats: {
          rows: [
            { by: { date: '2024-02-27', option: 'FOR' }, count: 865 },
            { by: { date: '2024-02-27', option: 'AGAINST' }, count: 315 },
            { by: { date: '2024-02-27', option: 'ABSTENTION' }, count: 63 },
            { by: { date: '2024-02-26', option: 'FOR' }, count: 1267 },
            { by: { date: '2024-02-26', option: 'AGAINST' }, count: 930 },
            { by: { date: '2024-02-26', option: 'ABSTENTION' }, count: 53 },
          ],
        },
      },
    },
  ],
}

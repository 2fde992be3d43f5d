import type { Questions } from './question.js'

export const pagesAndCursors: Questions = {
  seed: [
    {
      asks: 'How many demands are there, without listing one?',
      question: `{
        demands(first: 0) {
          totalCount
          nodes { id }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }`,
      answer: {
        demands: {
          totalCount: 9,
          nodes: [],
          pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
      },
    },
    {
      asks: 'Is there more after the first two of nine demands?',
      question: '{ demands(first: 2) { nodes { position } totalCount pageInfo { hasNextPage hasPreviousPage } } }',
      answer: {
        demands: {
          nodes: [{ position: 1 }, { position: 2 }],
          totalCount: 9,
          pageInfo: { hasNextPage: true, hasPreviousPage: false },
        },
      },
    },
    {
      asks: 'Does a page that holds all of them end the list?',
      question: '{ demands(first: 9) { pageInfo { hasNextPage hasPreviousPage } } }',
      answer: { demands: { pageInfo: { hasNextPage: false, hasPreviousPage: false } } },
    },
    {
      asks: 'Is an empty page the end?',
      question: `{
        demands(where: { position: { gt: 9 } }) {
          totalCount
          nodes { id }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }`,
      answer: {
        demands: {
          totalCount: 0,
          nodes: [],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
      },
    },
    {
      asks: 'How do the nine demands run, four to a page?',
      question: `query ($after: String) {
        demands(first: 4, after: $after) {
          totalCount
          nodes { position }
          pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      }`,
      pages: [
        {
          demands: {
            totalCount: 9,
            nodes: [{ position: 1 }, { position: 2 }, { position: 3 }, { position: 4 }],
            pageInfo: { hasNextPage: true, hasPreviousPage: false },
          },
        },
        {
          demands: {
            totalCount: 9,
            nodes: [{ position: 5 }, { position: 6 }, { position: 7 }, { position: 8 }],
            pageInfo: { hasNextPage: true, hasPreviousPage: true },
          },
        },
        {
          demands: { totalCount: 9, nodes: [{ position: 9 }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
        },
      ],
    },
    {
      asks: 'How do the sources run by day, one to a page, those without a day last?',
      question: `query ($after: String) {
        sources(orderBy: [PUBLISHED_DESC], first: 1, after: $after) {
          nodes { id }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      pages: [
        { sources: { nodes: [{ id: 'source:kaztag-2022-01-21' }], pageInfo: { hasNextPage: true } } },
        { sources: { nodes: [{ id: 'source:ep-site-2022-01-20' }], pageInfo: { hasNextPage: true } } },
        { sources: { nodes: [{ id: 'source:ep-procedure-2022-2505' }], pageInfo: { hasNextPage: true } } },
        { sources: { nodes: [{ id: 'source:perlid-kazakhstan-resolution' }], pageInfo: { hasNextPage: false } } },
      ],
    },
    {
      asks: 'How do the political groups run from the end of the alphabet?',
      question: `query ($after: String) {
        organizations(
          where: { kind: { eq: POLITICAL_GROUP } }
          orderBy: [NAME_DESC]
          first: 3
          after: $after
        ) { totalCount nodes { shortName } pageInfo { hasNextPage endCursor } }
      }`,
      pages: [
        {
          organizations: {
            totalCount: 8,
            nodes: [{ shortName: 'GUE/NGL' }, { shortName: 'Renew' }, { shortName: 'S&D' }],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          organizations: {
            totalCount: 8,
            nodes: [{ shortName: 'Non-attached' }, { shortName: 'ID' }, { shortName: 'Greens/EFA' }],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          organizations: {
            totalCount: 8,
            nodes: [{ shortName: 'EPP' }, { shortName: 'ECR' }],
            pageInfo: { hasNextPage: false },
          },
        },
      ],
    },
    {
      asks: "How do the groups' tallies of a ballot run, three to a page?",
      question: `query ($after: String) {
        voteEvent(id: "ep-vote:139038") {
          counts(first: 3, after: $after) {
            nodes { organization { shortName } }
            pageInfo { hasNextPage hasPreviousPage endCursor }
          }
        }
      }`,
      pages: [
        {
          voteEvent: {
            counts: {
              nodes: [
                { organization: { shortName: 'ECR' } },
                { organization: { shortName: 'EPP' } },
                { organization: { shortName: 'Greens/EFA' } },
              ],
              pageInfo: { hasNextPage: true, hasPreviousPage: false },
            },
          },
        },
        {
          voteEvent: {
            counts: {
              nodes: [
                { organization: { shortName: 'GUE/NGL' } },
                { organization: { shortName: 'ID' } },
                { organization: { shortName: 'Non-attached' } },
              ],
              pageInfo: { hasNextPage: true, hasPreviousPage: true },
            },
          },
        },
        {
          voteEvent: {
            counts: {
              nodes: [{ organization: { shortName: 'Renew' } }, { organization: { shortName: 'S&D' } }],
              pageInfo: { hasNextPage: false, hasPreviousPage: true },
            },
          },
        },
      ],
    },
    {
      asks: 'How do the figures run, two kinds to a page?',
      question: `query ($after: String) {
        demandStats(first: 2, after: $after) {
          kindCount
          rows { by { action } count }
          pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      }`,
      pages: [
        {
          demandStats: {
            kindCount: 6,
            rows: [
              { by: { action: 'CONCEDE' }, count: 3 },
              { by: { action: 'CONSULT' }, count: 2 },
            ],
            pageInfo: { hasNextPage: true, hasPreviousPage: false },
          },
        },
        {
          demandStats: {
            kindCount: 6,
            rows: [
              { by: { action: 'ACCUSE' }, count: 1 },
              { by: { action: 'RETREAT' }, count: 1 },
            ],
            pageInfo: { hasNextPage: true, hasPreviousPage: true },
          },
        },
        {
          demandStats: {
            kindCount: 6,
            rows: [
              { by: { action: 'SANCTION' }, count: 1 },
              { by: { action: null }, count: 1 },
            ],
            pageInfo: { hasNextPage: false, hasPreviousPage: true },
          },
        },
      ],
    },
  ],
  made: [],
  real: [
    {
      asks: 'How do the ballots about Kazakhstan run by margin, four to a page?',
      question: `query ($after: String) {
        place(id: "iso:KZ") {
          voteEvents(orderBy: [MARGIN_DESC], first: 4, after: $after) {
            totalCount
            nodes { id }
            pageInfo { hasNextPage hasPreviousPage endCursor }
          }
        }
      }`,
      pages: [
        {
          place: {
            voteEvents: {
              totalCount: 9,
              nodes: [
                { id: 'ep-vote:139022' },
                { id: 'ep-vote:127976' },
                { id: 'ep-vote:139038' },
                { id: 'ep-vote:139023' },
              ],
              pageInfo: { hasNextPage: true, hasPreviousPage: false },
            },
          },
        },
        {
          place: {
            voteEvents: {
              totalCount: 9,
              nodes: [
                { id: 'ep-vote:139008' },
                { id: 'ep-vote:127904' },
                { id: 'ep-vote:127903' },
                { id: 'ep-vote:127902' },
              ],
              pageInfo: { hasNextPage: true, hasPreviousPage: true },
            },
          },
        },
        {
          place: {
            voteEvents: {
              totalCount: 9,
              nodes: [{ id: 'ep-vote:139007' }],
              pageInfo: { hasNextPage: false, hasPreviousPage: true },
            },
          },
        },
      ],
    },
    {
      asks: 'How do the ballots of an agenda run by margin, the one without last?',
      question: `query ($after: String) {
        voteEvents(where: { date: { eq: "2024-01-15" } }, orderBy: [MARGIN_ASC], first: 3, after: $after) {
          nodes { id margin }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      pages: [
        {
          voteEvents: {
            nodes: [
              { id: 'ep-vote:163200', margin: 68 },
              { id: 'ep-vote:163205', margin: 80 },
              { id: 'ep-vote:163201', margin: 81 },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          voteEvents: {
            nodes: [
              { id: 'ep-vote:163203', margin: 81 },
              { id: 'ep-vote:163204', margin: 233 },
              { id: 'ep-vote:163199', margin: 311 },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          voteEvents: {
            nodes: [
              { id: 'ep-vote:163202', margin: 326 },
              { id: 'ep-vote:163207', margin: null },
            ],
            pageInfo: { hasNextPage: false },
          },
        },
      ],
    },
    {
      asks: 'How do the votes run that went against two groups, by option and name?',
      question: `query ($after: String) {
        voteEvent(id: "ep-vote:164499") {
          votes(
            where: {
              link: {
                group: { id: { in: ["ep-group:GREEN_EFA", "ep-group:SD"] } }
                againstGroup: { eq: true }
              }
            }
            orderBy: [LINK_OPTION_ASC, SORT_NAME_DESC]
            first: 4
            after: $after
          ) { totalCount edges { option node { sortName } } pageInfo { hasNextPage endCursor } }
        }
      }`,
      pages: [
        {
          voteEvent: {
            votes: {
              totalCount: 9,
              edges: [
                { option: 'ABSTENTION', node: { sortName: 'Ropė' } },
                { option: 'ABSTENTION', node: { sortName: 'Plumb' } },
                { option: 'ABSTENTION', node: { sortName: 'Miranda' } },
                { option: 'ABSTENTION', node: { sortName: 'Grapini' } },
              ],
              pageInfo: { hasNextPage: true },
            },
          },
        },
        {
          voteEvent: {
            votes: {
              totalCount: 9,
              edges: [
                { option: 'ABSTENTION', node: { sortName: 'Crețu' } },
                { option: 'AGAINST', node: { sortName: 'Tudose' } },
                { option: 'AGAINST', node: { sortName: 'Manda' } },
                { option: 'AGAINST', node: { sortName: 'López Aguilar' } },
              ],
              pageInfo: { hasNextPage: true },
            },
          },
        },
        {
          voteEvent: {
            votes: {
              totalCount: 9,
              edges: [{ option: 'AGAINST', node: { sortName: 'Liberadzki' } }],
              pageInfo: { hasNextPage: false },
            },
          },
        },
      ],
    },
    {
      asks: 'How do the memberships of a member run, one to a page?',
      question: `query ($after: String) {
        person(id: "ep-mep:130256") {
          memberships(first: 1, after: $after) {
            totalCount
            edges { startDate node { shortName } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }`,
      pages: [
        {
          person: {
            memberships: {
              totalCount: 3,
              edges: [{ startDate: '2022-10-05', node: { shortName: 'EPP' } }],
              pageInfo: { hasNextPage: true },
            },
          },
        },
        {
          person: {
            memberships: {
              totalCount: 3,
              edges: [{ startDate: '2022-09-07', node: { shortName: 'Non-attached' } }],
              pageInfo: { hasNextPage: true },
            },
          },
        },
        {
          person: {
            memberships: {
              totalCount: 3,
              edges: [{ startDate: '2019-07-02', node: { shortName: 'ECR' } }],
              pageInfo: { hasNextPage: false },
            },
          },
        },
      ],
    },
    {
      asks: 'How do the members of two countries run, with accents, from the end?',
      question: `query ($after: String) {
        persons(
          where: {
            country: { id: { in: ["iso:EE", "iso:LV"] } }
            memberships: { some: { id: { in: ["ep-group:ECR", "ep-group:ID"] } } }
          }
          orderBy: [SORT_NAME_DESC]
          first: 3
          after: $after
        ) { totalCount nodes { sortName } pageInfo { hasNextPage endCursor } }
      }`,
      pages: [
        {
          persons: {
            totalCount: 6,
            nodes: [{ sortName: 'ZĪLE, Roberts' }, { sortName: 'PŪPOLS, Ansis' }, { sortName: 'POZŅAKS, Reinis' }],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          persons: {
            totalCount: 6,
            nodes: [{ sortName: 'MELBĀRDE, Dace' }, { sortName: 'MADISON, Jaak' }, { sortName: 'KOLS, Rihards' }],
            pageInfo: { hasNextPage: false },
          },
        },
      ],
    },
    {
      asks: 'How do days and their ballots run, five to a page?',
      question: `query ($after: String) {
        voteEventStats(first: 5, after: $after, orderBy: [KEY_ASC]) {
          kindCount
          rows { by { date } count }
          pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      }`,
      pages: [
        {
          voteEventStats: {
            kindCount: 12,
            rows: [
              { by: { date: '2021-02-11' }, count: 4 },
              { by: { date: '2022-01-20' }, count: 5 },
              { by: { date: '2023-01-19' }, count: 3 },
              { by: { date: '2023-02-02' }, count: 8 },
              { by: { date: '2023-02-16' }, count: 13 },
            ],
            pageInfo: { hasNextPage: true, hasPreviousPage: false },
          },
        },
        {
          voteEventStats: {
            kindCount: 12,
            rows: [
              { by: { date: '2023-05-09' }, count: 1 },
              { by: { date: '2023-06-15' }, count: 28 },
              { by: { date: '2023-10-17' }, count: 7 },
              { by: { date: '2024-01-15' }, count: 8 },
              { by: { date: '2024-01-16' }, count: 15 },
            ],
            pageInfo: { hasNextPage: true, hasPreviousPage: true },
          },
        },
        {
          voteEventStats: {
            kindCount: 12,
            rows: [
              { by: { date: '2024-02-26' }, count: 7 },
              { by: { date: '2024-02-27' }, count: 2 },
            ],
            pageInfo: { hasNextPage: false, hasPreviousPage: true },
          },
        },
      ],
    },
    {
      asks: 'How do the kinds of procedures run, the most frequent first, two to a page?',
      question: `query ($after: String) {
        voteEventStats(first: 2, after: $after, orderBy: [COUNT_DESC, KEY_DESC]) {
          rows { by { dossier { type } } count }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      pages: [
        {
          voteEventStats: {
            rows: [
              { by: { dossier: { type: 'RSP' } }, count: 40 },
              { by: { dossier: { type: null } }, count: 36 },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          voteEventStats: {
            rows: [
              { by: { dossier: { type: 'COD' } }, count: 15 },
              { by: { dossier: { type: 'INI' } }, count: 9 },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          voteEventStats: { rows: [{ by: { dossier: { type: 'CNS' } }, count: 1 }], pageInfo: { hasNextPage: false } },
        },
      ],
    },
    {
      asks: 'How do the last changes of motions run, three to a page?',
      question: `query ($after: String) {
        changes(since: 7, where: { type: { in: [Motion, Procedure] } }, first: 3, after: $after) {
          totalCount
          edges { kind node { id } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      pages: [
        {
          changes: {
            totalCount: 8,
            edges: [
              { kind: 'CREATED', node: { id: 'ep-doc:B10-0247/2025' } },
              { kind: 'CHANGED', node: { id: 'ep-doc:B10-0249/2025' } },
              { kind: 'CHANGED', node: { id: 'ep-doc:B10-0250/2025' } },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          changes: {
            totalCount: 8,
            edges: [
              { kind: 'CHANGED', node: { id: 'ep-doc:B10-0252/2025' } },
              { kind: 'CHANGED', node: { id: 'ep-doc:B10-0255/2025' } },
              { kind: 'CHANGED', node: { id: 'ep-doc:B10-0258/2025' } },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
        {
          changes: {
            totalCount: 8,
            edges: [
              { kind: 'CHANGED', node: { id: 'ep-doc:RC-B10-0249/2025' } },
              { kind: 'CHANGED', node: { id: 'ep-proc:2025/2691(RSP)' } },
            ],
            pageInfo: { hasNextPage: false },
          },
        },
      ],
    },
  ],
}

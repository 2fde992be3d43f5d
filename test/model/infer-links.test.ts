import { describe, expect, it } from 'vitest'
import { holdsOn, INFERENCE_RULES, type InferredLink } from '../../src/model/infer-links.js'
import type { StoredLink, StoredNode } from '../../src/model/records.js'

type Node = readonly [type: string, id: string, values?: StoredNode['values']]
type Link = readonly [link: string, from: string, to: string, values?: StoredLink['values'], key?: string]

/** A graph written by hand; each link is said by a source set of its own, numbered from 1 in the order written. */
const graphOf = (nodes: readonly Node[], links: readonly Link[]) => ({
  async *scanNodes(type: string): AsyncIterable<StoredNode> {
    for (const [each, id, values = {}] of nodes) if (each === type) yield { type, id, values, sourceSet: 100 }
  },
  async *scanLinks(link: string): AsyncIterable<StoredLink> {
    for (const [i, [each, from, to, values = {}, key = '']] of links.entries()) {
      if (each === link) yield { link, from, to, key, values, sourceSet: i + 1 }
    }
  },
})

const infer = async (
  link: string,
  nodes: readonly Node[],
  links: readonly Link[],
): Promise<readonly (readonly unknown[])[]> => {
  const rule = INFERENCE_RULES.find((each) => each.link === link)
  const inferred: readonly InferredLink[] = (await rule?.infer(graphOf(nodes, links))) ?? []
  return inferred.map(({ from, to, key, values, sourceSets }) => [from, to, key, values, sourceSets])
}

const SINCE = { startDate: '2019-12-01' }
const UNTIL = { endDate: '2024-11-30' }
const TERM = { ...SINCE, ...UNTIL }

describe('an office is held', () => {
  it.each([
    ['on its first day', { startDate: '2022-01-20' }, true],
    ['not on the day before', { startDate: '2022-01-21' }, false],
    ['on its last day', { endDate: '2022-01-20' }, true],
    ['not on the day after', { endDate: '2022-01-19' }, false],
    ['between both', TERM, true],
    ['30 days after the day that attests it', { attestedOn: '2021-12-21' }, true],
    ['not 31 days after', { attestedOn: '2021-12-20' }, false],
    ['30 days before the day that attests it', { attestedOn: '2022-02-19' }, true],
    ['not 31 days before', { attestedOn: '2022-02-20' }, false],
    ['within known bounds, whatever day attests it', { ...TERM, attestedOn: '2019-12-01' }, true],
    ['from its first day to 30 days after the one that attests it', { ...SINCE, attestedOn: '2021-12-21' }, true],
    ['not 31 days after, though its first day is known', { ...SINCE, attestedOn: '2021-12-20' }, false],
    ['to its last day from 30 days before the one that attests it', { ...UNTIL, attestedOn: '2022-02-19' }, true],
    ['not 31 days before, though its last day is known', { ...UNTIL, attestedOn: '2022-02-20' }, false],
    [
      'not before its first day, though another attests it',
      { startDate: '2022-01-21', attestedOn: '2022-01-21' },
      false,
    ],
    [
      'not outside known bounds, though that very day attests it',
      { endDate: '2021-01-01', attestedOn: '2022-01-20' },
      false,
    ],
    ['not where nothing is known', {}, false],
  ])('%s', (_when, values, held) => {
    expect(holdsOn({ values }, '2022-01-20')).toBe(held)
  })
})

describe('a resolution has the motions', () => {
  it('that it was adopted from, and those which that one replaces, each with the sources of the links it follows from', async () => {
    expect(
      await infer(
        'ResolutionMotion',
        [],
        [
          ['AdoptedFrom', 'ta:1', 'joint'],
          ['Replacement', 'joint', 'motion-a'],
          ['Replacement', 'joint', 'motion-b'],
          ['Replacement', 'other', 'motion-c'],
        ],
      ),
    ).toEqual([
      ['ta:1', 'joint', '', { inferred: true, via: 'joint' }, [1]],
      ['ta:1', 'motion-a', '', { inferred: true, via: 'joint' }, [1, 2]],
      ['ta:1', 'motion-b', '', { inferred: true, via: 'joint' }, [1, 3]],
    ])
  })

  it('none, where it was adopted from nothing', async () => {
    expect(await infer('ResolutionMotion', [], [['Replacement', 'joint', 'motion-a']])).toEqual([])
  })
})

describe('a resolution has the ballots', () => {
  const ballot = (id: string, date: string, isMain: boolean, time?: string): Node => [
    'VoteEvent',
    id,
    { date, isMain, ...(time && { time }) },
  ]

  it('on its motion, on the amendments of that and on their parts, and the last main one is final', async () => {
    const inferred = await infer(
      'ResolutionBallot',
      [
        ballot('v1', '2022-01-20', true, '2022-01-20T13:00:00+01:00'),
        ballot('v2', '2022-01-20', false, '2022-01-20T12:00:00+01:00'),
        ballot('v3', '2022-01-20', false, '2022-01-20T14:00:00+01:00'),
        ballot('v4', '2022-01-20', true),
      ],
      [
        ['AdoptedFrom', 'ta:1', 'motion'],
        ['BallotOn', 'v1', 'motion'],
        ['AmendmentOf', 'am-1', 'motion'],
        ['AmendmentPart', 'am-1/2', 'am-1'],
        ['BallotOn', 'v2', 'am-1'],
        ['BallotOn', 'v3', 'am-1/2'],
        ['BallotOn', 'v4', 'another motion'],
      ],
    )
    expect(inferred).toEqual([
      ['ta:1', 'v1', '', { inferred: true, via: 'motion', date: '2022-01-20', isMain: true, isFinal: true }, [1, 2]],
      ['ta:1', 'v2', '', { inferred: true, via: 'am-1', date: '2022-01-20', isMain: false, isFinal: false }, [1, 3, 5]],
      [
        'ta:1',
        'v3',
        '',
        { inferred: true, via: 'am-1/2', date: '2022-01-20', isMain: false, isFinal: false },
        [1, 3, 4, 6],
      ],
    ])
  })

  it('of which the later id is final where two main ones are of the same moment', async () => {
    const inferred = await infer(
      'ResolutionBallot',
      [ballot('v2', '2022-01-20', true), ballot('v1', '2022-01-20', true)],
      [
        ['AdoptedFrom', 'ta:1', 'motion'],
        ['BallotOn', 'v2', 'motion'],
        ['BallotOn', 'v1', 'motion'],
      ],
    )
    expect(inferred.map(([, to, , values]) => [to, (values as { isFinal: boolean }).isFinal])).toEqual([
      ['v2', true],
      ['v1', false],
    ])
  })

  it('of which none is final where none is main', async () => {
    const inferred = await infer(
      'ResolutionBallot',
      [ballot('v1', '2022-01-20', false)],
      [
        ['AdoptedFrom', 'ta:1', 'motion'],
        ['BallotOn', 'v1', 'motion'],
      ],
    )
    expect(inferred).toHaveLength(1)
    expect(inferred[0]?.[3]).toMatchObject({ isFinal: false })
  })

  it('each once, though the parts of amendments go round in a circle', async () => {
    const inferred = await infer(
      'ResolutionBallot',
      [ballot('v1', '2022-01-20', true)],
      [
        ['AdoptedFrom', 'ta:1', 'motion'],
        ['AmendmentOf', 'a', 'motion'],
        ['AmendmentPart', 'b', 'a'],
        ['AmendmentPart', 'a', 'b'],
        ['BallotOn', 'v1', 'b'],
      ],
    )
    expect(inferred.map(([from, to]) => [from, to])).toEqual([['ta:1', 'v1']])
  })
})

describe('a demand concerns the holder of an office', () => {
  const nodes: readonly Node[] = [
    ['Resolution', 'ta:1', { adoptedOn: '2022-01-20' }],
    ['Motion', 'motion', { tabledOn: '2022-01-18' }],
  ]
  const demand = (
    text: string,
    concern: StoredLink['values'] = { role: 'ADDRESSEE', inferred: false },
  ): readonly Link[] => [
    ['DemandIn', 'demand', text],
    ['Concern', 'demand', 'office', concern, 'ADDRESSEE'],
  ]

  it('who held it on the day of the text, in the same role, through the office', async () => {
    expect(
      await infer('Concern', nodes, [
        ['Holding', 'in-time', 'office', { attestedOn: '2021-12-21' }, 'k'],
        ['Holding', 'too-early', 'office', { attestedOn: '2021-12-20' }, 'k'],
        ['Holding', 'elsewhere', 'another office', { attestedOn: '2022-01-20' }, 'k'],
        ...demand('ta:1'),
      ]),
    ).toEqual([['demand', 'in-time', 'ADDRESSEE/office', { role: 'ADDRESSEE', inferred: true, via: 'office' }, [5, 1]]])
  })

  it('on the day on which the text was tabled, where it was not adopted', async () => {
    const holding: Link = ['Holding', 'person', 'office', { startDate: '2022-01-19' }, 'k']
    expect(await infer('Concern', nodes, [holding, ...demand('motion')])).toEqual([])
    expect(await infer('Concern', nodes, [holding, ...demand('ta:1')])).toHaveLength(1)
  })

  it('but not where the day of the text is unknown, and nothing follows from what was itself inferred', async () => {
    const holding: Link = ['Holding', 'person', 'office', { startDate: '2019-01-01' }, 'k']
    expect(await infer('Concern', nodes, [holding, ...demand('a text without a day')])).toEqual([])
    expect(await infer('Concern', nodes, [holding, ...demand('ta:1', { role: 'ADDRESSEE', inferred: true })])).toEqual(
      [],
    )
  })
})

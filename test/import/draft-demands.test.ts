import { describe, expect, it } from 'vitest'
import { draftDemands } from '../../src/import/draft-demands/draft-demands.js'

/** All paragraphs of this file are synthetic: written for it, in the style of resolutions. */
const read = (text: string, title = '') => {
  const [demand] = draftDemands([{ number: '1', text }], title)
  return demand
    ? {
        addressees: demand.addressees.map(({ id }) => id),
        involved: demand.involved.map(({ id }) => id),
        text: demand.text,
        unknown: demand.unknown,
      }
    : null
}
const asked = (text: string, title = '') => read(text, title)?.addressees ?? null

const EU = 'org:european-union'
const COMMISSION = 'org:european-commission'
const COUNCIL = 'org:council-of-the-eu'
const MEMBER_STATES = 'org:eu-member-states'

describe('a paragraph that calls on somebody names whom', () => {
  it.each<[string, readonly string[]]>([
    ['Calls on the Commission and the Member States to pay for free newspapers;', [COMMISSION, MEMBER_STATES]],
    ['Calls for the EU to end its fisheries agreement with the islands;', [EU]],
    ['Calls for the EU and its Member States to help Moldova and Ukraine;', [EU, MEMBER_STATES]],
    ['Urges Russian regional and military authorities to open the camps;', ['org:government-of-russia']],
    [
      'Urges the Russian and Belarusian authorities to open the camps;',
      ['org:government-of-russia', 'org:government-of-belarus'],
    ],
    [
      'Calls on the governments of Serbia and Kosovo to meet, and on the EEAS to chair the talks;',
      ['org:government-of-serbia', 'org:government-of-kosovo', 'org:eeas'],
    ],
    ['Calls, in this context, on the VP/HR to speak to the Chinese Government;', ['office:vp-hr']],
    [
      'Strongly urges, therefore, the United Kingdom and the Federal Government of Somalia to settle the debt;',
      ['org:government-of-the-united-kingdom', 'org:government-of-somalia'],
    ],
    [
      'Reiterates its call on the Turkish Government and Parliament to repeal the law;',
      ['org:government-of-turkiye', 'org:parliament-of-turkiye'],
    ],
    [
      'Calls on the President of Georgia and the Georgian Parliament to withdraw the bill;',
      ['office:president-of-georgia', 'org:parliament-of-georgia'],
    ],
    ['Demands that the mines close and that Peru publishes the figures of the spill;', ['org:government-of-peru']],
    [
      'Demands that the prisoners be set free at once and be treated by the Belarusian authorities with care;',
      ['org:government-of-belarus'],
    ],
    ['Demands that all journalists be released by the Cuban regime;', ['org:government-of-cuba']],
    ['Insists that the Venezuelan regime release Ms Doe;', ['org:government-of-venezuela']],
    ['Insists that the EU must reply to the letter;', [EU]],
    ['Stresses that the Kazakh authorities must examine each death;', ['org:government-of-kazakhstan']],
    ['Requests that the Commission submit a report before the summer;', [COMMISSION]],
    ['Asks the Commission for a report on the harvest;', [COMMISSION]],
    ['Recommends that the VP/HR and the Commission draw up a plan for the lake;', ['office:vp-hr', COMMISSION]],
    ['Invites the OSCE and ODIHR to send observers to the ballot;', ['org:osce', 'org:odihr']],
    [
      'Encourages the African Union and ECOWAS to go on with their mediation in Niger;',
      ['org:african-union', 'org:ecowas'],
    ],
    [
      'Appeals to the Israeli Government and the Palestinian Authority to meet again;',
      ['org:government-of-israel', 'org:palestinian-authority'],
    ],
    [
      'Condemns the raid and urges the Government of the Netherlands, the US and NATO to answer;',
      ['org:government-of-the-netherlands', 'org:government-of-the-united-states', 'org:nato'],
    ],
    [
      'Urges the international community, including Canada, to keep the fund open and the EU to double it;',
      ['org:international-community', 'org:government-of-canada', EU],
    ],
    ['The Commission is therefore called upon to table a proposal;', [COMMISSION]],
    ['Calls for an independent inquiry by the United Nations into the flood;', ['org:united-nations']],
    [
      'Calls on the Council of Europe and the Human Rights Council to follow the case;',
      ['org:council-of-europe', 'org:un-human-rights-council'],
    ],
    [
      'Calls on the Member States, in particular France and Germany, to take the wounded in;',
      [MEMBER_STATES, 'org:government-of-france', 'org:government-of-germany'],
    ],
    ['Calls on the Iranian authorities and the guards not to carry out the sentence;', ['org:government-of-iran']],
    [
      'Calls on the Nicaraguan regime and President Doe to open the border;',
      ['org:government-of-nicaragua', 'office:president-of-nicaragua'],
    ],
    [
      'Calls on Türkiye, as a neighbour, to open the port and the Republic of Cyprus to reopen the talks;',
      ['org:government-of-turkiye', 'org:government-of-cyprus'],
    ],
    [
      'Underlines that the EU should not recognise the vote; calls on the High Representative to say so;',
      [EU, 'office:vp-hr'],
    ],
    ['Urges Beijing to lift the bans;', ['org:government-of-china']],
    ['Calls on the Commission to: (a) write a law; (b) urge Japan to sign; (c) report;', [COMMISSION]],
    [
      'Regrets the delay; asks the Council to vote; calls on the Commission, the EEAS and the delegations of the EU to visit her;',
      [COUNCIL, COMMISSION, 'org:eeas', 'org:eu-delegations'],
    ],
  ])('%s', (text, expected) => {
    expect(asked(text)).toEqual(expected)
  })
})

describe('who is only named is no addressee', () => {
  it('in "urges A to call on B", B is involved', () => {
    expect(read('Urges the Council to call on Russia and Belarus to leave the valley;')).toEqual({
      addressees: [COUNCIL],
      involved: ['iso:RU', 'iso:BY'],
      text: 'Call on Russia and Belarus to leave the valley',
      unknown: [],
    })
  })

  it('bodies to which something is to be granted are involved', () => {
    expect(
      read('Urges the Syrian authorities to let relief bodies, such as the ICRC, UNHCR and UNICEF, into the town;'),
    ).toEqual({
      addressees: ['org:government-of-syria'],
      involved: ['org:icrc', 'org:unhcr', 'org:unicef'],
      text: 'Let relief bodies, such as the ICRC, UNHCR and UNICEF, into the town',
      unknown: [],
    })
  })

  it('somebody in no lexicon is told in the words of the text', () => {
    expect(read('Calls on all parties to lay down their arms;')).toMatchObject({
      addressees: [],
      text: 'Lay down their arms',
      unknown: ['all parties'],
    })
  })

  it('companies in a country are not its government, and are told as unknown', () => {
    expect(read('Calls on companies operating in Russia and Belarus to leave;')).toEqual({
      addressees: [],
      involved: ['iso:RU', 'iso:BY'],
      text: 'Leave',
      unknown: ['companies operating in Russia and Belarus'],
    })
  })
})

describe('a paragraph that calls on nobody has no demand', () => {
  it.each([
    'Welcomes the decision of the Council to prolong the measures and the readiness of the Commission to help;',
    'Strongly condemns the arrests; calls for the immediate release of all prisoners;',
    'Notes that the Security Council called on all parties to lay down their arms;',
    'Recalls the appeal of the EU, which urges Georgia to hold fair elections;',
    'Welcomes the statement of the Secretary-General, who condemns the coup and calls on the junta to step down;',
    'Takes note of the letter urging the Commission to act;',
    'Instructs its President to forward this resolution to the Council, the Commission and the Government of Mali.',
    'Emphasises that those responsible must be held to account;',
    'Emphasises that any lasting truce must include the return of the fishermen;',
    'Demands that Russia be held accountable;',
    'Calls for Russia to be expelled from the federation;',
    'Believes that the EU has done too little;',
    'Urges restraint;',
    'Deplores the banner ‘Calls on the EU to leave’ and the fact that the Council has not met;',
    'Expresses its solidarity with the people of Ukraine;',
    'Calls on its Committee on Budgets to look at the costs;',
  ])('%s', (text) => {
    expect(asked(text)).toBeNull()
  })
})

describe('the title tells whose authorities are meant', () => {
  const text = 'Urges the authorities to end the use of torture;'

  it('where it names one country', () => {
    expect(asked(text, 'on the situation in Kazakhstan')).toEqual(['org:government-of-kazakhstan'])
  })

  it('and not where it names two', () => {
    expect(read(text, 'on the border of Armenia and Azerbaijan')).toMatchObject({
      addressees: [],
      unknown: ['the authorities'],
    })
  })
})

it('what is asked is shortened, and each request of a paragraph is kept', () => {
  const long = `Calls on the Commission to ${'write and write and write '.repeat(20)}; asks the Council to read;`
  const text = read(long)?.text ?? ''
  expect(text).toMatch(/^Write and write and write .*…; Read$/)
  expect(text.length).toBeLessThan(220)
})

it('takes no long time over text made to be slow', () => {
  const started = performance.now()
  for (const piece of [
    'calls on the ',
    'the EU, ',
    '(',
    '‘',
    'Russian and ',
    'to be ',
    ', and that ',
    'authorities of ',
  ])
    draftDemands([{ number: '1', text: `Calls on ${piece.repeat(40_000)}` }])
  expect(performance.now() - started).toBeLessThan(5_000)
})

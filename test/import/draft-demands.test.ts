import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { draftDemands } from '../../src/import/draft-demands/draft-demands.js'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { fileWith, readSource } from '../support/read-source.js'

/** All paragraphs of this file are synthetic: written for it, in the style of resolutions. */
const read = (text: string, title = '') => {
  const [demand] = draftDemands([{ number: '1', text }], title)
  return demand
    ? {
        addressees: demand.addressees.map(({ id }) => id),
        involved: demand.involved.map(({ id }) => id),
        text: demand.text,
        unknown: demand.unknown,
        unsure: demand.unsure,
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

describe('who is only named is not an addressee', () => {
  it('in "urges A to call on B", B is involved', () => {
    expect(read('Urges the Council to call on Russia and Belarus to leave the valley;')).toEqual({
      addressees: [COUNCIL],
      involved: ['iso:RU', 'iso:BY'],
      text: 'Call on Russia and Belarus to leave the valley',
      unknown: [],
      unsure: [],
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
      unsure: [],
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
      unsure: [],
    })
  })
})

describe('the last of a list inside the infinitive is not asked', () => {
  it.each<[string, readonly string[]]>([
    ['Calls on the VP/HR to consult with Norway, Iceland and Canada to settle the quota;', ['office:vp-hr']],
    ['Calls on the Commission to work with UNHCR, the IOM and the Kenyan authorities to open the camp;', [COMMISSION]],
    ['Urges the Member States to side with NATO, the UN and the African Union to calm the region;', [MEMBER_STATES]],
    ['Calls on the Commission to give Peru, Chile and Ecuador the means to restock the lake;', [COMMISSION]],
    ['Calls on the Commission to examine, with the EEAS and the Council, to what extent the ban holds;', [COMMISSION]],
    ['Asks the VP/HR to inform the US and Japan to avoid a dispute;', ['office:vp-hr']],
    ['Calls on the Commission to report to Parliament and the Council to keep them informed;', [COMMISSION]],
    ['Stresses that Moldova should receive all the grain it needs from the EU;', []],
    ['Demands that an inquiry be opened into the thefts committed by Serbia;', []],
    ['Demands the release of all those arrested by the Cuban regime;', []],
    ['Calls on staff of the Commission and the Council to disclose their shares;', []],
    ['Calls on banks in the EU and the United Kingdom to close the accounts;', []],
    ['Calls on the Commission, in line with the wishes of Poland and the Council, to print the maps;', [COMMISSION]],
  ])('%s', (text, expected) => {
    expect(asked(text) ?? []).toEqual(expected)
  })

  it('and where grammar does not tell whether a name is asked, it is told', () => {
    expect(
      read('Calls on Türkiye to heed the rulings of the ECtHR and the Commission to stop the funds;'),
    ).toMatchObject({
      addressees: ['org:government-of-turkiye'],
      unsure: ['the Commission'],
    })
  })
})

describe('a verb may ask several, one after the other', () => {
  it.each<[string, readonly string[]]>([
    ['Calls on the Council to impose a fine on the owners and on the Commission to collect it;', [COUNCIL, COMMISSION]],
    ['Calls on the Council to open the port and for the EU to sign the treaty;', [COUNCIL, EU]],
    ['Calls on the Council and the High Representative/Vice-President to reply;', [COUNCIL, 'office:vp-hr']],
    [
      'Calls on the Chinese authorities and the Government of Mali to reply;',
      ['org:government-of-china', 'org:government-of-mali'],
    ],
    ['Calls for Iran to free the sailor and for the EU to list the judges;', ['org:government-of-iran', EU]],
    ['Urges Iran to free the sailor and the Council to list the judges;', ['org:government-of-iran', COUNCIL]],
    ['Calls on Peru to stop, the EU to act and NATO to watch;', ['org:government-of-peru', EU, 'org:nato']],
    ['Calls on the Commission to draft, and the Council to adopt, a law on ferries;', [COMMISSION, COUNCIL]],
    ['Calls on the Commission to step up support for the fishermen and on the Council to vote;', [COMMISSION, COUNCIL]],
    ['Calls on: (a) the Commission to draft a law; (b) the Council to adopt it;', [COMMISSION, COUNCIL]],
    ['Asks its President to raise the case and the Commission to pay the crew;', [COMMISSION]],
    ['Calls on the Commission and/or the Council to reply;', [COMMISSION, COUNCIL]],
    ['Calls on the Commission and the Member States’ competent authorities to reply;', [COMMISSION, MEMBER_STATES]],
    [
      'Calls on the US Administration, the US Congress and the Commission to settle it;',
      ['org:government-of-the-united-states', 'org:parliament-of-the-united-states', COMMISSION],
    ],
    [
      'Calls on the Sudanese Armed Forces and the Rapid Support Forces to leave the town;',
      ['org:security-forces-of-sudan', 'org:rapid-support-forces'],
    ],
    ['Reiterates its thanks to the crews and its call on the Member States to pay them;', [MEMBER_STATES]],
  ])('%s', (text, expected) => {
    expect(asked(text)).toEqual(expected)
  })

  it('in a text about one country, its government and its army', () => {
    const text = 'Calls on the government to free her and on the military to return to its barracks;'
    expect(asked(text, 'on the situation in Myanmar')).toEqual([
      'org:government-of-myanmar-burma',
      'org:security-forces-of-myanmar-burma',
    ])
  })
})

describe('those of a list who are in no lexicon are told beside those who are', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'Calls on the Government of Ethiopia and the Highland People’s Front to lay down their arms;',
      ['org:government-of-ethiopia'],
      ['the Highland People’s Front'],
    ],
    ['Demands that Peru and its suppliers leave the lake;', ['org:government-of-peru'], ['its suppliers']],
    ['Demands that Georgia’s Port Service reply;', [], ['Georgia’s Port Service']],
    ['Demands that Hamas and the Lake Brigade release the crew;', ['org:hamas'], ['the Lake Brigade']],
    [
      'Calls on the Commission, ferry companies and civil society to meet;',
      [COMMISSION],
      ['ferry companies', 'civil society'],
    ],
    ['Calls on the UN and its Member States to pay;', ['org:united-nations'], ['its Member States']],
    ['Stresses that the Commission and President Doe must answer;', [COMMISSION], ['President Doe']],
    ['Demands that all armed groups leave the valley;', [], ['all armed groups']],
    [
      'Calls on Israel and all Palestinian factions to meet;',
      ['org:government-of-israel'],
      ['all Palestinian factions'],
    ],
    ['Calls for calm and for all parties to go home;', [], ['all parties']],
    ['Urges all shipyards on the coast to close;', [], ['all shipyards on the coast']],
  ])('%s', (text, addressees, unknown) => {
    expect(read(text)).toMatchObject({ addressees, unknown })
  })
})

describe('what is said of others before does not hide a call', () => {
  it.each<[string, readonly string[]]>([
    ['Regrets that many Member States have not paid and calls on the Commission to sue them;', [COMMISSION]],
    ['Notes that the United States has left and urges the Commission to step in;', [COMMISSION]],
    ['Points out that the strike finds no end and urges the Council to meet;', [COUNCIL]],
    ['Welcomes the letter, which the crew wrote in May, and calls on Poland to reply;', ['org:government-of-poland']],
    [
      'Underlines that Member States must fund the line and calls on the Commission to check it;',
      [MEMBER_STATES, COMMISSION],
    ],
    ['Calls on the Commission to act under Art. 7. Calls on the Council to vote;', [COMMISSION, COUNCIL]],
  ])('%s', (text, expected) => {
    expect(asked(text)).toEqual(expected)
  })
})

describe('a pronoun stands for the one named before it', () => {
  it.each<[string, readonly string[]]>([
    ['Condemns the Cuban regime for the raid and urges it to free the crew;', ['org:government-of-cuba']],
    ['Notes that the Commission has not replied, and therefore urges it to do so;', [COMMISSION]],
    ['Deplores the Cuban regime’s raid; demands that it free the crew;', ['org:government-of-cuba']],
    ['Condemns Russia’s attack on Ukraine; demands that it withdraw its ships;', ['org:government-of-russia']],
    ['Welcomes the decision of the Council; calls on it to go further;', [COUNCIL]],
    ['Welcomes the decision of the Council; calls on it, nevertheless, to go further;', [COUNCIL]],
    ['Is of the opinion that the Member States can do more; invites them to do so;', [MEMBER_STATES]],
    [
      'Commends Armenia and Azerbaijan for the talks and encourages them to sign;',
      ['org:government-of-armenia', 'org:government-of-azerbaijan'],
    ],
    ['Calls on the President of Tunisia to pay; urges him to call a vote;', ['office:president-of-tunisia']],
    ['Demands that Peru close the mine and that it pay for the spill;', ['org:government-of-peru']],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject({ addressees: expected, unknown: [] })
  })

  it.each<[string, readonly string[]]>([
    ['Condemns the raid of the militia on Mali and urges it to leave;', ['it']],
    ['Condemns the raid by Hezbollah on Israel and calls on it to stop;', ['it']],
    ['Thanks the Ukrainian people and urges them to hold on;', ['them']],
    ['Welcomes the Commission’s plan for Kosovo; asks that it include a budget;', ['it']],
  ])('and is told where that is not certain: %s', (text, unknown) => {
    expect(read(text)).toMatchObject({ addressees: [], unknown })
  })

  it('but "it" may be a thing', () => {
    expect(asked('Welcomes the plan of the Commission; stresses that it must respect the Treaties;')).toBeNull()
    expect(asked('Takes note of the Commission’s report; requests that it be translated;')).toBeNull()
  })
})

describe('a person is asked by the office', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['Invites HR/VP Jane Doe to call a meeting;', ['office:vp-hr'], []],
    ['Calls on High Representative Doe and Commissioner Roe to visit;', ['office:vp-hr'], ['Commissioner Roe']],
    ['Invites Commission President van der Doe to attend;', ['office:president-of-the-european-commission'], []],
    [
      'Calls on the President of the Commission, Jane Doe, and the VP/HR, John Roe, to attend;',
      ['office:president-of-the-european-commission', 'office:vp-hr'],
      [],
    ],
    ['Urges President Doe to resign;', [], ['President Doe']],
    ['Urges Mr Doe to resign;', [], ['Mr Doe']],
    [
      'Calls on Syrian President John al-Doe and Egyptian President Roe to meet;',
      ['office:president-of-syria', 'office:president-of-egypt'],
      [],
    ],
    [
      'Calls on the High Representative for Bosnia and Herzegovina to resign;',
      [],
      ['the High Representative for Bosnia and Herzegovina'],
    ],
  ])('%s', (text, addressees, unknown) => {
    expect(read(text)).toMatchObject({ addressees, unknown })
  })
})

describe('a thing is demanded of the one who is to do it', () => {
  it.each<[string, readonly string[]]>([
    ['Demands the immediate release of the crew by the Cuban regime;', ['org:government-of-cuba']],
    ['Demands the withdrawal of all ships by Peru and Chile;', ['org:government-of-peru', 'org:government-of-chile']],
    ['Stresses that the fees must be examined by the Commission;', [COMMISSION]],
    ['Insists on the need for the Commission to table a law;', [COMMISSION]],
    ['Stresses the urgent need for Serbia to settle the debt;', ['org:government-of-serbia']],
    ['Stresses that it is essential for the Council to meet;', [COUNCIL]],
    ['Asks for the EEAS to report on the trial;', ['org:eeas']],
    ['Recommends the following to the Council: (a) to open the port; (b) to close the mine;', [COUNCIL]],
  ])('%s', (text, expected) => {
    expect(asked(text)).toEqual(expected)
  })
})

describe('a name inside another name is nobody', () => {
  it.each([
    'Calls on the National Security Council of Türkiye to explain;',
    'Calls on the Council of Ministers of Bosnia and Herzegovina to vote;',
    'Calls on Member States of the UN to vote;',
    'Calls on the Danish Red Cross to help;',
    'Calls on the people of Northern Ireland to vote;',
    'Calls on New Guinea to vote;',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ addressees: [], unknown: [expect.any(String)] })
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
    'Notes that the Council condemns the raid and calls on the rebels to leave;',
    'Recalls that Poland, which condemns the deal, calls on the Commission to withdraw it;',
    'Does not call on the Commission to withdraw the plan;',
    'Recalls its previous calls on the Commission to act;',
    'Considers that the Commission should withdraw the plan;',
    'Insists on the need to keep the border open;',
    'Stresses that Russia must bear the costs;',
    'Stresses that sanctions on Russia must remain in force;',
    'Calls for Ukraine to receive more grain;',
    'Encourages the Commission’s efforts to open the market;',
    'Requests the right to speak;',
    'Asks whether the Commission intends to reply;',
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

it('the report tells whom the lexicon does not have, and of whom grammar does not tell', async () => {
  const page = readFileSync(
    fileURLToPath(new URL('../fixtures/europarl-texts/ta-9-2031-0007-en.html', import.meta.url)),
    'utf8',
  )
  const asking = page.replace(
    /Urges all shipyards[^;]*;/,
    'Calls on Türkiye and the Lake Party to heed the rulings of the ECtHR and the Commission to stop the funds;',
  )
  const { notes } = await readSource(europarlTexts, fileWith('a.html', asking))
  expect(notes).toContain(
    'a.html: paragraph 4 calls on "the Lake Party", whom the lexicon of bodies does not have; the demand was drafted without them.',
  )
  expect(notes).toContain(
    'a.html: paragraph 4 may call on "the Commission", too; its grammar does not tell, so the demand was drafted without them.',
  )
})

it('what is asked is shortened, and each request of a paragraph is kept', () => {
  const long = `Calls on the Commission to ${'write and write and write '.repeat(20)}; asks the Council to read;`
  const text = read(long)?.text ?? ''
  expect(text).toMatch(/^Write and write and write .*…; Read$/)
  expect(text.length).toBeLessThan(220)
})

it('takes no long time over text made to be slow', () => {
  const started = performance.now()
  for (const verb of ['Calls on', 'Demands that', 'Demands the', 'Urges it to'])
    for (const piece of [
      'calls on the ',
      'the EU, ',
      '(',
      '‘',
      'Russian and ',
      'to be ',
      ', and that ',
      'authorities of ',
      'and on the EU to act ',
      'release of a ',
      ' – ',
    ])
      draftDemands([{ number: '1', text: `${verb} ${piece.repeat(40_000)}` }])
  expect(performance.now() - started).toBeLessThan(20_000)
})

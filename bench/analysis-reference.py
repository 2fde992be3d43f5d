"""Works the figures of voting analysis out from the published files alone, and prints them as JSON.

    python3 bench/analysis-reference.py [--pairs 200] FOLDER

FOLDER holds `howtheyvote`, `europarl/rollcalls-whole`, `bundestag` and `ep9-for`. Everything is counted vote by vote, in
the plainest way; nothing here knows of the program that `bench/analysis-reference.ts` compares with it. A figure is
[numerator, denominator] under a key such as `lists|cohesion|RICE|cast|EPP`: the data, the measure, its variant, votes as
cast or as meant, and whom it is of, in the words of the files.
"""

import argparse
import csv
import gzip
import json
import random
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

OPTIONS = ('FOR', 'AGAINST', 'ABSTENTION')
INDEXES = ('AGREEMENT_INDEX', 'RICE', 'ATTINA')
SEED = 20240226


def rows_of(path):
    with gzip.open(path, 'rt', encoding='utf-8', newline='') as file:
        yield from csv.DictReader(file)


def index_of(name, yes, no, abstained):
    """An index of one tally; None where it has none."""
    total, most = yes + no + abstained, max(yes, no, abstained)
    if name == 'RICE':
        return abs(yes - no) / (yes + no) if yes + no else None
    if total == 0:
        return None
    return (most - (total - most) * (0.5 if name == 'AGREEMENT_INDEX' else 1)) / total


def plurality(tally):
    """The option with more votes than each other; None where there is none."""
    most = max(tally)
    return OPTIONS[tally.index(most)] if tally.count(most) == 1 else None


class Figures:
    """Sums of numerators and denominators under keys."""

    def __init__(self, data):
        self.data = data
        self.sums = defaultdict(lambda: [0, 0])

    def add(self, measure, variant, votes, whom, value):
        figure = self.sums['|'.join((self.data, measure, variant, votes, whom))]
        figure[0] += value
        figure[1] += 1

    def add_tallies(self, votes, tallies):
        """Cohesion of groups and the agreement of each two, from how the groups voted in one ballot."""
        for group, tally in tallies.items():
            for name in INDEXES:
                value = index_of(name, *tally)
                if value is not None:
                    self.add('cohesion', name, votes, group, value)
        most = {group: plurality(tally) for group, tally in tallies.items()}
        decided = sorted(group for group, option in most.items() if option)
        for one, other in combinations(decided, 2):
            self.add('groupAgreement', 'all', votes, f'{one}~{other}', most[one] == most[other])

    def add_members(self, votes, ballot, unattached, pairs):
        """What is worked out of members' votes in one ballot: {member: (option, group)}."""
        tallies = defaultdict(lambda: [0, 0, 0])
        for option, group in ballot.values():
            if group is not None:
                tallies[group]
                if option in OPTIONS:
                    tallies[group][OPTIONS.index(option)] += 1
        self.add_tallies(votes, tallies)
        most = {group: plurality(tally) for group, tally in tallies.items()}
        for member, (option, group) in ballot.items():
            if option in OPTIONS and group is not None and group not in unattached and most[group]:
                self.add('loyalty', 'LOYALTY', votes, member, option == most[group])
        for one, other in pairs:
            a, b = (ballot.get(member, (None, None))[0] for member in (one, other))
            if a in OPTIONS and b in OPTIONS:
                self.add('memberAgreement', 'AN_OPTION', votes, f'{one}~{other}', a == b)
                if 'ABSTENTION' not in (a, b):
                    self.add('memberAgreement', 'LEFT_OUT', votes, f'{one}~{other}', a == b)


def draw_pairs(members, count):
    """Pairs among all members, the same in each run."""
    every, draw, pairs = sorted(members), random.Random(SEED), set()
    while len(pairs) < count:
        pairs.add(tuple(sorted(draw.sample(every, 2))))
    return sorted(pairs)


def export(folder, every):
    """The tallies of groups; those of ballots that the table of votes does not have are left out unless all are asked."""
    known = {row['id'] for row in rows_of(folder / 'votes.csv.gz')}
    ballots = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    left_out = set()
    for row in rows_of(folder / 'group_votes.csv.gz'):
        if row['vote_id'] not in known and not every:
            left_out.add(row['vote_id'])
            continue
        # The older code of the same group.
        code = 'GUE_NGL' if row['code'] == 'GUE_NGL_1995_0' else row['code']
        tally = ballots[row['vote_id']][code]
        for place, column in enumerate(('count_for', 'count_against', 'count_abstentions')):
            tally[place] += int(row[column])
    figures = Figures('newer' if every else 'export')
    for tallies in ballots.values():
        figures.add_tallies('cast', tallies)
    return figures.sums, {'ballots': len(known), 'ballots with tallies': len(ballots), 'ballots left out': len(left_out)}


def roll_calls(folder, count):
    counts = Counter()
    ballots = [ballot for path in sorted(folder.glob('*.xml.gz')) for ballot in sitting(path, counts)]
    pairs = draw_pairs({member for ballot in ballots for member in ballot['cast']}, count)
    figures = Figures('lists')
    for ballot in ballots:
        counts['ballots'] += 1
        if not ballot['whole']:
            counts['partial lists'] += 1
            continue
        for votes in ('cast', 'meant'):
            figures.add_members(votes, ballot[votes], {'NI'}, pairs)
    return figures.sums, counts, pairs


SIDES = {'FOR': 'For', 'AGAINST': 'Against', 'ABSTENTION': 'Abstention'}


def sitting(path, counts):
    """The ballots of one list, as cast and as members said later that they meant to vote."""
    with gzip.open(path) as file:
        results = list(ElementTree.parse(file).getroot().iter('RollCallVote.Result'))
    ballots, groups = [], defaultdict(Counter)
    for result in results:
        cast, whole = defaultdict(set), True
        for option, side in SIDES.items():
            element = result.find(f'Result.{side}')
            names = [
                (name.get('PersId'), names.get('Identifier'))
                for names in element.iter('Result.PoliticalGroup.List')
                for name in names.iter('PoliticalGroup.Member.Name')
            ]
            whole = whole and len(names) == int(element.get('Number'))
            for member, group in names:
                cast[member].add((option, group))
        counts['members on two sides'] += sum(len(sides) > 1 for sides in cast.values())
        once = {member: next(iter(sides)) for member, sides in cast.items() if len(sides) == 1}
        counts['votes'] += len(once)
        for member, (_, group) in once.items():
            groups[member][group] += 1
        ballots.append({'cast': once, 'whole': whole and len(once) == len(cast), 'result': result})
    counts['members with two groups in a sitting'] += sum(len(of) > 1 for of in groups.values())
    for ballot in ballots:
        said = defaultdict(set)
        for option, side in SIDES.items():
            for element in ballot['result'].iter(f'Intentions.Result.{side}'):
                for name in element.iter('Member.Name'):
                    said[name.get('PersId')].add(option)
        meant = dict(ballot['cast'])
        for member, options in said.items():
            if len(options) > 1:
                counts['members who meant two options'] += 1
            elif member in meant:
                counts['corrections'] += 1
                meant[member] = (*options, meant[member][1])
            else:
                # Who did not vote has the group of the sitting's other votes; none, where there are none.
                counts['intentions'] += 1
                group = groups[member].most_common(1)[0][0] if groups[member] else None
                meant[member] = (*options, group)
        ballot['meant'] = meant
    return ballots


def bundestag(folder, count):
    days = {row['poll_id']: row['poll_date'] for row in rows_of(folder / 'polls.csv.gz')}
    politicians, stays = {}, defaultdict(set)
    for row in rows_of(folder / 'mandates.csv.gz'):
        politicians[row['mandate_id']] = row['politician_id']
        # "SPD seit 01.11.2019"; who is fraktionslos belongs to no group.
        name = re.sub(r' seit .*$', '', row['fraction_names'].strip())
        if name:
            group = None if name == 'fraktionslos' else name
            stays[row['politician_id']].add((group, row['fraction_starts'] or '0000', row['fraction_ends'] or '9999'))
    options = {'yes': 'FOR', 'no': 'AGAINST', 'abstain': 'ABSTENTION', 'no_show': None}
    counts, ballots = Counter(ballots=len(days)), defaultdict(lambda: defaultdict(set))
    for row in rows_of(folder / 'votes.csv.gz'):
        member = politicians.get(row['mandate_id'], f'mandate {row["mandate_id"]}')
        ballots[row['poll_id']][member].add(options[row['vote']])
    figures = Figures('bundestag')
    members = {member for votes in ballots.values() for member in votes}
    pairs = draw_pairs(members, count)
    for poll, votes in ballots.items():
        ballot = {}
        for member, sides in votes.items():
            if len(sides) > 1:
                counts['members on two sides'] += 1
                continue
            on_the_day = {group for group, start, end in stays[member] if start <= days[poll] <= end}
            group = on_the_day.pop() if len(on_the_day) == 1 else None
            (option,) = sides
            ballot[member] = (option, group)
            counts['votes without a group'] += group is None
            for whom in ('all', member, *([group] if group else [])):
                kind = 'ALL' if whom == 'all' else 'MEMBER' if whom == member else 'GROUP'
                figures.add('participation', kind, 'cast', whom, option is not None)
        counts['votes'] += len(ballot)
        figures.add_members('cast', ballot, set(), pairs)
    counts['members'] = len(members)
    return figures.sums, counts, pairs


def votes_for(path, votes_path):
    """Of the list that has votes FOR alone: how many ballots it has, and in how many of these it has as many votes as were cast."""
    cast = {}
    for row in rows_of(votes_path):
        cast[row['id']] = sum(int(row[column]) for column in ('count_for', 'count_against', 'count_abstention'))
    listed, members = Counter(), Counter()
    for row in rows_of(path):
        listed[row['vote_id']] += 1
        members[row['member_id']] += 1
    whole = sum(count >= cast[ballot] for ballot, count in listed.items())
    return {
        'rows': sum(listed.values()),
        'members': len(members),
        'ballots': len(listed),
        'ballots with as many rows as votes cast': whole,
    }, [member for member, _ in sorted(members.items(), key=lambda item: (-item[1], item[0]))[:5]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder', type=Path)
    parser.add_argument('--pairs', type=int, default=200)
    arguments = parser.parse_args()
    folder, count = arguments.folder, arguments.pairs
    of_export, export_counts = export(folder / 'howtheyvote', False)
    of_newer, newer_counts = export(folder / 'howtheyvote', True)
    of_lists, list_counts, list_pairs = roll_calls(folder / 'europarl' / 'rollcalls-whole', count)
    of_bundestag, bundestag_counts, bundestag_pairs = bundestag(folder / 'bundestag', count)
    for_counts, for_members = votes_for(
        folder / 'ep9-for' / 'member_votes.csv.gz', folder / 'howtheyvote' / 'votes.csv.gz'
    )
    json.dump(
        {
            'figures': {**of_export, **of_newer, **of_lists, **of_bundestag},
            'pairs': {'lists': list_pairs, 'bundestag': bundestag_pairs},
            'counts': {
                'export': export_counts,
                'newer': newer_counts,
                'lists': list_counts,
                'bundestag': bundestag_counts,
                'for': for_counts,
            },
            'forMembers': for_members,
        },
        sys.stdout,
    )


main()

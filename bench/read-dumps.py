"""Reads each dump of a folder with a program of others, and prints what it found: a line of JSON for each reader.

A line has the counts by type, the names of the hostile persons, if there are any, and what the program held against
the files. Run by bench/dumps.ts in an environment with the packages of read-dumps.txt.
"""

import hashlib
import json
import re
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

HOSTILE = 'hostile:"'


def camel(table):
    return ''.join(part.capitalize() for part in table.split('_'))


def with_frictionless(folder):
    from frictionless import Package

    package = Package(str(folder / 'datapackage.json'))
    report = package.validate()
    problems = [f'{task.name}: {error.message}' for task in report.tasks for error in task.errors]
    counts, names = {}, []
    for resource in package.resources:
        with resource:
            rows = 0
            for row in resource.row_stream:
                rows += 1
                if resource.name == 'person' and row['id'].startswith(HOSTILE):
                    names.append(row['name'])
        counts[camel(resource.name)] = rows
    return counts, names, problems


def with_csvw(folder):
    from csvw import CSVW

    # A foreign key may be empty.
    group = CSVW(str(folder / 'csv-metadata.json'), validate=True, strict=False)
    problems = [] if group.is_valid else [str(warning.message) for warning in group.warnings]
    counts, names = {}, []
    for table in group.tables:
        rows = list(table.iterdicts())
        counts[camel(str(table.url)[: -len('.csv')])] = len(rows)
        if str(table.url) == 'person.csv':
            names = [row['name'] for row in rows if row['id'].startswith(HOSTILE)]
    return counts, names, problems


def with_duckdb(folder):
    """Counts, and compares each table with that of the CSV, row by row in both directions."""
    import duckdb

    counts, names, problems = {}, [], []
    for path in sorted(folder.glob('*.parquet')):
        table = path.stem
        counts[camel(table)] = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
        if table == 'person':
            found = duckdb.sql(f"SELECT id, name FROM '{path}'").fetchall()
            names = [name for id, name in found if id.startswith(HOSTILE)]
        csv = folder.parent / 'csv' / f'{table}.csv'
        if not csv.exists():
            continue
        types = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
        columns = ', '.join(f"'{name}': '{kind}'" for name, kind in types.items())
        read = (
            f"SELECT * FROM read_csv('{csv}', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
            f'new_line=\'\\r\\n\', max_line_size=100000000, allow_quoted_nulls=false, columns={{{columns}}})'
        )
        for one, other in ((f"SELECT * FROM '{path}'", read), (read, f"SELECT * FROM '{path}'")):
            differing = duckdb.sql(f'SELECT count(*) FROM ({one} EXCEPT ALL {other})').fetchall()[0][0]
            if differing:
                problems.append(f'{table}: {differing} rows differ between Parquet and CSV')
    return counts, names, problems


TERM = 'urn:rapporteur:term:'
RECORD = 'urn:rapporteur:record:'


def with_rdflib(folder):
    from rdflib import RDF, Graph, URIRef

    counts, names, problems = {}, [], []
    for path in sorted(folder.glob('*.jsonld')):
        if path.stem == 'context':
            continue
        graph = Graph().parse(str(path), format='json-ld')
        counts[path.stem] = len(set(graph.subjects(RDF.type, URIRef(TERM + path.stem))))
        if path.stem == 'Person':
            for person, name in graph.subject_objects(URIRef('http://schema.org/name')):
                ids = [str(id) for id in graph.objects(person, URIRef('http://schema.org/identifier'))]
                if ids[0].startswith(HOSTILE):
                    names.append(str(name))
    return counts, names, problems


def with_pyld(folder):
    """The documents of less than a megabyte, since it is slow."""
    from pyld import jsonld

    counts, names, problems = {}, [], []
    context = json.loads((folder / 'context.jsonld').read_text('utf-8'))['@context']
    for path in sorted(folder.glob('*.jsonld')):
        if path.stem == 'context' or path.stat().st_size > 1_000_000:
            continue
        document = json.loads(path.read_text('utf-8'))
        expanded = jsonld.expand({**document, '@context': context})
        of_type = [each for each in expanded if TERM + path.stem in each.get('@type', [])]
        counts[path.stem] = len(of_type)
        if path.stem == 'Person':
            for each in of_type:
                if each['http://schema.org/identifier'][0]['@value'].startswith(HOSTILE):
                    names.append(each['http://schema.org/name'][0]['@value'])
    return counts, names, problems


FTM_SCHEMATA = {
    'Event': ['Event', 'VoteEvent'],
    'Document': ['Motion', 'Resolution', 'Amendment', 'Source'],
    'Territory': ['Place'],
    'Position': ['Office'],
    'Occupancy': ['Holding'],
    'PublicBody': ['Organization'],
    'UnknownLink': ['About', 'EventPlace', 'Participation'],
    'Documentation': [
        'TabledBy', 'AdoptedBy', 'AdoptedFrom', 'Replacement', 'AmendmentOf', 'BallotOn', 'Publisher', 'Citation',
    ],
}
FTM_LINKS = {
    ('Person', 'country'): 'Represents',
    ('Organization', 'parent'): 'OrganizationPart',
    ('PublicBody', 'parent'): 'OrganizationPart',
    ('Organization', 'jurisdiction'): 'Jurisdiction',
    ('PublicBody', 'jurisdiction'): 'Jurisdiction',
    ('Position', 'organization'): 'OfficeOf',
    ('Territory', 'partOf'): 'PlacePart',
    ('Event', 'organizer'): 'HeldIn',
}


def joined(types):
    return '+'.join(sorted(types))


def with_followthemoney(folder):
    from followthemoney.exc import InvalidData
    from followthemoney.proxy import EntityProxy

    counts, names, problems = Counter(), [], []
    with open(folder / 'entities.ftm.json', encoding='utf-8', newline='\n') as lines:
        for line in lines:
            entity = json.loads(line)
            proxy = EntityProxy.from_dict(entity, cleaned=False)
            is_made_up = entity['id'].startswith(('rapporteur-hostile.', 'rapporteur-synthetic.'))
            try:
                # A name of marks alone is none there.
                if not is_made_up:
                    proxy.schema.validate(entity)
            except InvalidData as error:
                problems.append(f'{entity["id"]}: {error.errors}')
            schema = proxy.schema.name
            counts[joined(FTM_SCHEMATA.get(schema, [schema]))] += 1
            for (of, name), link in FTM_LINKS.items():
                if of == schema:
                    counts[link] += len(entity['properties'].get(name, []))
            if schema == 'Person' and entity['id'].startswith('rapporteur-hostile.3a.22'):
                names += entity['properties']['name'][:1]
    return counts, names, problems


def with_popolo(folder):
    """The lists by the reader of EveryPolitician, which knows no votes; these by their keys."""
    from popolo_data.importer import Popolo

    path = folder / 'popolo.json'
    popolo = Popolo.from_filename(str(path))
    problems = []
    document = json.loads(path.read_text('utf-8'))
    ids = {name: {each['id'] for each in members} for name, members in document.items()}
    votes = counts = 0
    for ballot in document['vote_events']:
        votes += len(ballot['votes'])
        counts += len({count['group_id'] for count in ballot['counts'] if 'group_id' in count})
        for vote in ballot['votes']:
            if vote['voter_id'] not in ids['persons'] or vote['option'] not in ('yes', 'no', 'abstain', 'not voting'):
                problems.append(f'{ballot["id"]}: {vote}')
        if 'motion_id' in ballot and ballot['motion_id'] not in ids['motions']:
            problems.append(f'{ballot["id"]}: no motion {ballot["motion_id"]}')
    is_made_up = any(id.startswith('synthetic:') for id in ids['persons'])
    of_posts = sum('post_id' in each for each in document['memberships'])
    found = {
        'Person': len(popolo.persons),
        'Organization': len(popolo.organizations),
        'Office': len(popolo.posts),
        'Place': len(popolo.areas),
        'Event': len(popolo.events),
        'Membership': len(popolo.memberships) - of_posts,
        'Holding': of_posts,
        joined(['Motion', 'Amendment']): len(document['motions']),
        'VoteEvent': len(document['vote_events']),
        **{
            link: sum(key in each for each in document[members])
            for link, members, key in (
                ('BallotOn', 'vote_events', 'motion_id'),
                ('HeldIn', 'vote_events', 'organization_id'),
                ('OrganizationPart', 'organizations', 'parent_id'),
                ('Jurisdiction', 'organizations', 'area_id'),
                ('OfficeOf', 'posts', 'organization_id'),
                ('PlacePart', 'areas', 'parent_id'),
                ('EventPlace', 'events', 'area_id'),
            )
        },
        'Vote': votes,
        # A tally of which no number is known has no counts; such are in the synthetic graph alone.
        **({} if is_made_up else {'VoteCount': counts, 'CountOf': counts, 'CountFor': counts}),
    }
    names = [person.name for person in popolo.persons if person.id.startswith(HOSTILE)]
    return found, names, problems


def with_networkx(folder):
    import networkx

    graph = networkx.read_graphml(str(folder / 'graph.graphml'), force_multigraph=True)
    counts = Counter(kind for _, kind in graph.nodes(data='nodeType'))
    counts.update(kind for _, _, kind in graph.edges(data='linkType'))
    written = (name for id, name in graph.nodes(data='name') if id.startswith(HOSTILE))
    names = [re.sub('_x([0-9A-F]{4})_', lambda found: chr(int(found[1], 16)), name or '') for name in written]
    return counts, names, []


READERS = [
    ('csv', 'frictionless', with_frictionless),
    ('csv', 'csvw', with_csvw),
    ('parquet', 'duckdb', with_duckdb),
    ('jsonld', 'rdflib', with_rdflib),
    ('jsonld', 'PyLD', with_pyld),
    ('followthemoney', 'followthemoney', with_followthemoney),
    ('popolo', 'everypolitician-popolo', with_popolo),
    ('graphml', 'networkx', with_networkx),
]


def broken(folder):
    """The files whose hash is not that of SHA256SUMS."""
    lines = (folder / 'SHA256SUMS').read_text('utf-8').splitlines()
    for line in lines:
        wanted, path = line.split('  ', 1)
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != wanted:
            yield f'{path} has another hash'


def main(folder, only):
    for format, program, read in READERS:
        dump = Path(folder) / format
        if not dump.exists() or (only and program not in only):
            continue
        started = time.monotonic()
        counts, names, problems = read(dump)
        seconds = time.monotonic() - started
        problems = [*broken(dump), *problems]
        print(
            json.dumps(
                {
                    'format': format,
                    'program': f'{program} {version(program)}',
                    'seconds': round(seconds, 1),
                    'counts': counts,
                    'names': sorted(names),
                    'problems': problems[:5],
                }
            ),
            flush=True,
        )


main(sys.argv[1], sys.argv[2:])

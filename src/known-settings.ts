/** An environment variable that is read, as `docs/operating.md` lists it. */
export interface Setting {
  readonly name: string
  readonly fallback: string
  readonly meaning: string
}

/** Every environment variable that Rapporteur reads; the table in `docs/operating.md` mirrors it. */
export const SETTINGS = [
  {
    name: 'RAPPORTEUR_STORE',
    fallback: '`rapporteur.sqlite` in the user’s data folder',
    meaning:
      'Where the graph is kept: the path of a file, `:memory:`, or the URI of a Neo4j (`neo4j://`, `neo4j+s://`, `bolt://` …). A path with a colon before its first slash is written with `./` before it.',
  },
  {
    name: 'RAPPORTEUR_NEO4J_USER',
    fallback: 'none',
    meaning: 'The user of the Neo4j; without one it is asked without authentication.',
  },
  { name: 'RAPPORTEUR_NEO4J_PASSWORD', fallback: 'none', meaning: 'The password of that user.' },
  { name: 'RAPPORTEUR_NEO4J_DATABASE', fallback: 'the server’s default', meaning: 'The database of the Neo4j.' },
  {
    name: 'RAPPORTEUR_HOST',
    fallback: '`127.0.0.1`',
    meaning: 'The address to listen on; `0.0.0.0` listens on all of them.',
  },
  {
    name: 'RAPPORTEUR_PORT',
    fallback: '`PORT`, or `4000`',
    meaning: 'The port to listen on; `0` takes a free one.',
  },
  { name: 'PORT', fallback: '`4000`', meaning: 'The port where `RAPPORTEUR_PORT` is not set; many hosts set it.' },
  {
    name: 'RAPPORTEUR_STATEMENT_TIMEOUT',
    fallback: '`5000`',
    meaning:
      'Milliseconds, those that it waits for others among them, after which a statement is ended with `TIMEOUT`.',
  },
  {
    name: 'RAPPORTEUR_QUESTION_TIMEOUT',
    fallback: '`10000`',
    meaning: 'Milliseconds in which a question has to be answered, however many statements it takes.',
  },
  {
    name: 'RAPPORTEUR_POINTS_PER_SECOND',
    fallback: '`250`; `0` on an address of this machine alone, unless `RAPPORTEUR_PROXIES` is set',
    meaning:
      'How much a client may ask for: [points](operating/limits.md#points) that come back to it each second, one of which is about a millisecond of a processor. `0`: there is no end of them.',
  },
  {
    name: 'RAPPORTEUR_POINTS_SAVED',
    fallback: '40 times as many',
    meaning: 'How many points a client has at first, and saves up while it asks nothing.',
  },
  {
    name: 'RAPPORTEUR_KEYS',
    fallback: 'none',
    meaning: 'The file of the [keys](operating/limits.md#keys) by which clients are told that may ask more, or less.',
  },
  {
    name: 'RAPPORTEUR_BODY_LIMIT',
    fallback: '`262144`',
    meaning: 'Bytes of the largest request body; a larger one is refused with 413.',
  },
  {
    name: 'RAPPORTEUR_STOP_TIMEOUT',
    fallback: '`10000`',
    meaning: 'Milliseconds that a stopping server waits for requests under way.',
  },
  {
    name: 'RAPPORTEUR_LINKS',
    fallback: '`links` in the user’s data folder',
    meaning:
      'The folder where questions are kept that short links (`/q/…`) lead to, at most 10,000; several servers may share it. `off`: none are kept, and there are no short links.',
  },
  {
    name: 'RAPPORTEUR_PROXIES',
    fallback: 'none',
    meaning:
      'Addresses and networks of proxies, with commas between, whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` are believed: `203.0.113.7`, `10.0.0.0/8`, `loopback` (this machine), `uniquelocal` (private networks). What others send of these is ignored.',
  },
  {
    name: 'RAPPORTEUR_HOSTS',
    fallback: 'those of this machine, or any',
    meaning:
      'Names of hosts, with commas between, by which the server is called, without ports. Without it a server that listens on `127.0.0.1` answers only those who call it `localhost` or by an address of the machine, and one that listens on more answers whoever reaches it.',
  },
  {
    name: 'RAPPORTEUR_CONNECTIONS',
    fallback: 'what the limit of open files (`ulimit -n`) has room for, at most `5000`',
    meaning:
      'Connections there may be at once. For one more, the one that was idle longest is closed. One client has at most a quarter; a trusted proxy may have all.',
  },
  {
    name: 'RAPPORTEUR_IN_FLIGHT',
    fallback: '`64`',
    meaning:
      'Requests that are worked on at once, of one client a quarter; others wait a second for their turn at most, and are refused with 503 or, whose client asks too much, 429.',
  },
  {
    name: 'RAPPORTEUR_WAITING_BYTES',
    fallback: '`32000000`',
    meaning:
      'Bytes of answers that may wait for their clients to take them, of one client a quarter. Beyond them, answers that are not taken are cut off.',
  },
  {
    name: 'RAPPORTEUR_REPLICA',
    fallback: '`off`',
    meaning: '`on` gives a copy of the SQLite store at [`/replica`](operating/machines.md), to followers and others.',
  },
  {
    name: 'RAPPORTEUR_REPLICA_KEY',
    fallback: 'none',
    meaning:
      'The key that whoever wants a copy has to send (`Authorization: Bearer …`), and that a follower sends: at least 16 characters without spaces. Without one everybody is given a copy.',
  },
  {
    name: 'RAPPORTEUR_FOLLOW',
    fallback: 'none',
    meaning:
      'The address of a server of which this one is a follower: it answers from copies of that server’s store, which it keeps beside `RAPPORTEUR_STORE`. `rapporteur serve --follow` says the same.',
  },
  {
    name: 'RAPPORTEUR_FOLLOW_EVERY',
    fallback: '`30000`',
    meaning: 'Milliseconds after which a follower looks again whether there is a new copy.',
  },
  {
    name: 'RAPPORTEUR_AGENT_GRAPHQL',
    fallback: '`on`',
    meaning: '`off` takes the tool `graphql` from [agents](agents.md), which then have only the stored questions.',
  },
  {
    name: 'RAPPORTEUR_AGENT_ORIGINS',
    fallback: 'none',
    meaning:
      'Names of hosts, with commas between, whose pages may ask `/mcp`; those of this machine may anyhow, and programs that are no pages.',
  },
  {
    name: 'RAPPORTEUR_DOCUMENTS',
    fallback: 'none',
    meaning:
      'The folder of the [named documents](http.md#named-documents): files that end in `.graphql`, with one query each, asked for at `/q/` by the name of the file. They are read at the start; one that cannot be asked stops it.',
  },
  {
    name: 'RAPPORTEUR_DOCUMENTS_ONLY',
    fallback: '`off`',
    meaning: '`on` lets clients ask the named documents and [nothing else](http.md#nothing-but-named-documents).',
  },
  {
    name: 'RAPPORTEUR_KEPT_ANSWERS',
    fallback: '`0`',
    meaning:
      'Bytes of answers that are [kept in memory](operating/limits.md#answers-kept-in-memory), to be given again until the graph changes; `0` keeps none.',
  },
  {
    name: 'RAPPORTEUR_LOG',
    fallback: '`text` in a terminal, else `json`',
    meaning: 'How the log of a server is written: `json`, a line for each event, or `text`, sentences alone.',
  },
  {
    name: 'RAPPORTEUR_LOG_LEVEL',
    fallback: '`info`',
    meaning: 'From which level on events are logged: `debug`, `info`, `warn`, `error`, or `silent` for none.',
  },
  {
    name: 'RAPPORTEUR_LOG_REQUESTS',
    fallback: '`on` where the log is JSON, else `off`',
    meaning:
      'Whether each request has a line: `on`, `off`, or `failed` for those that were refused or ended in an error.',
  },
  {
    name: 'RAPPORTEUR_LOG_ADDRESSES',
    fallback: '`short`',
    meaning:
      'How much of a client’s address is logged: `short` (the first 24 bits of IPv4, 48 of IPv6), `full`, or `off`.',
  },
  {
    name: 'RAPPORTEUR_METRICS',
    fallback: '`off`',
    meaning:
      'The port on which [metrics](operating/watching.md#metrics) are served, such as `9464`: on this machine only, or on an address before it (`10.0.0.5:9464`). `off`: there are none.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    fallback: 'none',
    meaning:
      'Where [traces](operating/watching.md#traces) are sent, by OTLP over HTTP, such as `http://localhost:4318`. Without it there are none.',
  },
] as const satisfies readonly Setting[]

/** The name of a variable that is read. */
export type SettingName = (typeof SETTINGS)[number]['name']

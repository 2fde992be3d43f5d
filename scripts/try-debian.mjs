// Tries docs/operating/on-a-server.md as it stands: in an empty Debian of its own, a folder that goes with it, it runs the
// page's commands one after the other, starts the service as its unit says, asks it, kills it, imports, backs up; then the
// last stage of the Containerfile, where Docker does not run. Needs root, Linux and mmdebstrap.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { readCommands, readContainerfile, readUnit } from './read-deployment.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const PAGE = 'docs/operating/on-a-server.md'
const SUITE = 'trixie'
const folder = mkdtempSync(join(tmpdir(), 'rapporteur-debian-'))
const debian = join(folder, 'debian')

/** The folder in the Debian where the trial keeps what is its own. */
const HOME = '/srv/trial'

/** @param {string} sentence */
const say = (sentence) => console.log(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${sentence}`)
/** @param {unknown} holds @param {string} sentence */
const expect = (holds, sentence) => {
  if (!holds) throw new Error(sentence)
}
/** @param {string} program */
const isThere = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

/**
 * Runs commands in the Debian, in mounts of their own, which go with them.
 * @param {string} commands
 * @param {{ readonly alone?: boolean }} [options] `alone`: with no network but the Debian's own 127.0.0.1
 * @returns {string} what they printed
 */
const inDebian = (commands, { alone = false } = {}) => {
  writeFileSync(join(debian, HOME, 'commands.sh'), commands)
  const into = [
    ...(alone ? ['ip link set lo up'] : []),
    `mount -t proc proc "${debian}/proc"`,
    `mount --rbind /dev "${debian}/dev"`,
    `cd "${debian}"`,
    // An empty environment, but for how this machine reaches others.
    `exec env -i ${[`HOME=${HOME}`, 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive', ...reached()].join(' ')} chroot . /bin/bash -euo pipefail -c 'cd && . ./commands.sh'`,
  ].join(' && ')
  const spaces = ['--mount', '--pid', '--fork', '--kill-child', ...(alone ? ['--net'] : [])]
  const { status, stdout, stderr } = spawnSync('unshare', [...spaces, 'sh', '-c', into], {
    encoding: 'utf8',
    timeout: 900_000,
    maxBuffer: 1e8,
  })
  if (status !== 0)
    throw new Error(`${commands}\nended with ${status}:\n${stdout.slice(-3000)}\n${stderr.slice(-5000)}`)
  return stdout
}

/** How this machine's own certificates are told to npm and Node, where it has some. */
const reached = () => {
  const own = process.env['NODE_EXTRA_CA_CERTS']
  const proxies = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name))
  return [
    ...proxies.map(([name, value]) => `${name}=${value}`),
    ...(own ? [`NODE_EXTRA_CA_CERTS=${HOME}/certificates.pem`, `npm_config_cafile=${HOME}/certificates.pem`] : []),
  ]
}

const makeDebian = () => {
  execFileSync('mmdebstrap', ['--quiet', '--variant=minbase', '--mode=root', SUITE, debian], { stdio: 'pipe' })
  mkdirSync(join(debian, HOME))
  const own = process.env['NODE_EXTRA_CA_CERTS']
  if (own) cpSync(own, join(debian, HOME, 'certificates.pem'))
  cpSync('/etc/resolv.conf', join(debian, 'etc/resolv.conf'), { dereference: true })
  say(`An empty Debian (${SUITE}) stands in ${debian}.`)
}

/** The question that README.md begins with, and its answer. */
const readme = () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const query = /```graphql\n(.*?)```/s.exec(text)?.[1]
  return { query, answer: JSON.parse(/```json\n(.*?)```/s.exec(text)?.[1] ?? '') }
}

/**
 * A shell function that starts a service in the background: as a user without rights, on files that it cannot write but
 * for one folder, and a /tmp of its own.
 * @param {{ name: string, user: string, environment: string, folder: string, command: string }} service
 */
const starter = ({ name, user, environment, folder: writable, command }) => `
${name}() {
  unshare --mount --propagation unchanged sh -c 'mount --bind ${writable} ${writable} && mount --rbind / /mnt && mount -o remount,bind,ro /mnt \\
    && mount --bind ${writable} /mnt${writable} && mount -t tmpfs tmpfs /mnt/tmp && exec chroot /mnt setpriv \\
      --reuid=${user} --regid=${user} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \\
      env --chdir=${writable} ${environment} "$@"' sh ${command} >> ${HOME}/${name}.log 2>&1 &
  service=$!
}
ready() {
  for attempt in $(seq 120); do
    if curl --silent --fail --max-time 5 http://127.0.0.1:4000/readyz > /dev/null; then return; fi
    if ! kill -0 $service 2> /dev/null; then cat ${HOME}/${name}.log >&2; return 1; fi
    sleep 0.5
  done
  cat ${HOME}/${name}.log >&2; return 1
}`

const tryService = () => {
  const blocks = readCommands(PAGE)
  const unit = readUnit('examples/server/rapporteur.service')
  const before = blocks.findIndex(({ section }) => section === 'Service')
  const [installing, serving] = [blocks.slice(0, before), blocks.slice(before)].map((each) =>
    each.filter(({ kind }) => kind === ''),
  )
  expect(installing?.length && serving?.length, `${PAGE} has no commands.`)
  for (const { section, commands } of installing ?? []) {
    inDebian(commands)
    say(`${section}: its commands were run.`)
  }
  const skipped = blocks.filter(({ kind }) => kind !== '').map(({ section, kind }) => `${section} (${kind})`)
  say(`NOT RUN here as they stand: the commands of ${skipped.join(', ')}.`)
  const start = starter({
    name: 'start',
    user: String(unit.get('User')),
    environment: `$(grep -v ^# ${unit.get('EnvironmentFile')})`,
    folder: String(unit.get('WorkingDirectory')),
    command: String(unit.get('ExecStart')),
  })
  const { query, answer } = readme()
  writeFileSync(join(debian, HOME, 'question.json'), JSON.stringify({ query }))
  const ask = `echo '<answer>'; curl --silent --fail http://127.0.0.1:4000/graphql -H 'content-type: application/json' \\
    -H 'accept: application/json' --data @${HOME}/question.json; echo '</answer>'`
  const functions = blocks.filter(({ commands }) => /^\w+\(\) \{/.test(commands)).map(({ commands }) => commands)
  const printed = inDebian(
    [
      ...functions,
      start,
      'start; ready',
      ask,
      'kill -KILL $service; wait $service || true; start; ready',
      ask,
      ...(serving ?? []).map(({ section, commands }) => `echo '<${section}>'; ${commands}\necho '</${section}>'`),
      'test -s /var/backups/rapporteur/*.sqlite',
      ask,
      'kill -TERM $service; wait $service; echo "<stop>$?</stop>"',
      `ls -l --directory /var/lib/rapporteur /var/lib/rapporteur/*; cat ${HOME}/start.log | tail --lines 5`,
    ].join('\n'),
    { alone: true },
  )
  const answers = [...printed.matchAll(/<answer>\n(.*?)<\/answer>/gs)].map(([, text = '']) => JSON.parse(text))
  expect(answers.length === 3, `The README's question was answered ${answers.length} times of 3.`)
  for (const each of answers) expect(isDeepStrictEqual(each, answer), `The answer is ${JSON.stringify(each)}`)
  expect(printed.includes('<stop>0</stop>'), 'The service did not stop with 0.')
  expect(/Hash: \w+/.test(printed), 'The check printed no hash.')
  say('The service started, was asked, killed, started again, imported, checked, backed up, asked and stopped with 0.')
}

/** What Docker would do, without it: the last stage's commands, then its command on files for reading only, and its health. */
const tryContainerfile = () => {
  const { runs, environment, user, volume, health, command } = readContainerfile('Containerfile')
  cpSync(join(folder, tarball()), join(debian, 'opt', tarball()))
  inDebian([`useradd --system --user-group ${user}`, 'rm -rf /opt/rapporteur; mkdir -p ~/.npm', ...runs].join('\n'))
  const quoted = health.map((word) => `'${word}'`).join(' ')
  const start = starter({
    name: 'contain',
    user,
    environment: environment.join(' '),
    folder: volume,
    command: command.join(' '),
  })
  inDebian(
    `${start}\ncontain; ready; env ${environment.join(' ')} ${quoted}; kill -TERM $service; wait $service\n! env ${environment.join(' ')} ${quoted}`,
    { alone: true },
  )
  say('The last stage of the Containerfile was run without Docker: it starts, is healthy, stops, and then is not.')
}

const tryDocker = () => {
  for (const { commands } of readCommands(PAGE).filter(({ kind }) => kind === 'container'))
    execFileSync('bash', ['-euo', 'pipefail', '-c', commands], { cwd: root, stdio: 'inherit' })
  const state = () =>
    execFileSync('docker', ['inspect', '--format', '{{.State.Health.Status}}', 'rapporteur'], {
      encoding: 'utf8',
    }).trim()
  for (let attempt = 0; attempt < 60 && state() !== 'healthy'; attempt += 1) execFileSync('sleep', ['1'])
  expect(state() === 'healthy', `The container is ${state()}.`)
  execFileSync('docker', ['rm', '--force', '--volumes', 'rapporteur'])
  say('The container was built and run, and is healthy.')
}

const tarball = () => String(readdirSync(folder).find((name) => name.endsWith('.tgz')))

try {
  expect(process.getuid?.() === 0, 'This needs root: it makes a Debian and enters it.')
  expect(isThere('mmdebstrap'), 'This needs mmdebstrap, which is a package of Debian: "apt-get install mmdebstrap".')
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: root, stdio: 'pipe' })
  expect(readFileSync(join(root, PAGE), 'utf8').includes(`./${tarball()}`), `${PAGE} does not name ${tarball()}.`)
  makeDebian()
  cpSync(join(folder, tarball()), join(debian, HOME, tarball()))
  mkdirSync(join(debian, 'srv'), { recursive: true })
  cpSync(join(root, 'test/fixtures/records/synthetic-parliament'), join(debian, 'srv/my-records'), { recursive: true })
  tryService()
  const unit = join(root, 'examples/server/rapporteur.service')
  if (isThere('systemd-analyze') && existsSync('/usr/bin/node')) {
    execFileSync('systemd-analyze', ['verify', unit], { stdio: 'inherit' })
    say('systemd-analyze finds nothing wrong with the unit.')
  } else say('NOT TRIED: systemd-analyze is not here, or no /usr/bin/node, so nobody has read the unit.')
  const docker = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0
  if (docker) tryDocker()
  else {
    say('NOT TRIED: no Docker runs here, so no image was built. Its steps are tried without it.')
    tryContainerfile()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

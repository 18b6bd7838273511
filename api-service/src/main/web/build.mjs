// Builds the pages' scripts and styles: type check, bundle, licence texts. `--test` runs the unit tests instead.
// Maven calls it in every build, so it does nothing when nothing it reads has changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = dirname(fileURLToPath(import.meta.url));
const TARGET = resolve(WEB, '../../../target');
const ASSETS = join(TARGET, 'classes/META-INF/resources/assets');
// A Qute template that holds nothing but the version of the assets: the pages put it into every asset's address.
const VERSION = join(TARGET, 'classes/templates/assets-version.html');
const BROWSERS = ['chrome109', 'firefox115', 'safari16.4'];

process.chdir(WEB);
try {
  await installPackages();
  if (process.argv.includes('--test')) {
    await onlyWhenChanged('test', ['src', 'test'], [], runTests);
  } else {
    await onlyWhenChanged('build', ['src', 'static', 'styles', 'test'], [join(ASSETS, 'app.css'), VERSION], buildAssets);
  }
} catch (failure) {
  console.error(`web: ${failure.message}`);
  process.exitCode = 1;
}

async function installPackages() {
  const wanted = hash(['package.json', 'package-lock.json', '.npmrc']);
  const mark = join(WEB, 'node_modules/.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(mark, wanted);
}

async function onlyWhenChanged(step, folders, outputs, work) {
  const files = ['build.mjs', 'csp.mjs', 'tsconfig.json', 'package-lock.json', ...folders.flatMap(filesUnder)];
  const stamp = join(TARGET, `web-${step}.stamp`);
  const inputs = hash(files);
  if (outputs.every(existsSync) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(TARGET, { recursive: true });
  writeFileSync(stamp, inputs);
}

async function buildAssets() {
  const started = Date.now();
  rmSync(ASSETS, { recursive: true, force: true });
  mkdirSync(ASSETS, { recursive: true });
  const [, bundle] = await Promise.all([
    run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit']),
    bundleAssets(),
  ]);
  writeFileSync(join(ASSETS, 'licenses.txt'), licenceTexts(bundle.metafile));
  mkdirSync(dirname(VERSION), { recursive: true });
  writeFileSync(VERSION, hash(filesUnder(ASSETS)).slice(0, 12));
  console.log(`web: bundled in ${Date.now() - started} ms`);
}

async function bundleAssets() {
  const { build } = await import('esbuild');
  const { constructableStyles } = await import('./csp.mjs');
  return build({
    entryPoints: {
      app: 'styles/app.css',
      icon: 'static/icon.svg',
      theme: 'src/theme.ts',
      htmx: 'src/htmx.ts',
      library: 'src/library.ts',
      upload: 'src/upload.ts',
      watch: 'src/watch.ts',
      jobs: 'src/jobs.ts',
    },
    outdir: ASSETS,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    loader: { '.svg': 'copy' },
    target: BROWSERS,
    metafile: true,
    logLevel: 'warning',
    plugins: [constructableStyles()],
  });
}

async function runTests() {
  const { build } = await import('esbuild');
  const outdir = join(TARGET, 'web-test');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: filesUnder('test').filter((file) => file.endsWith('.test.ts')),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const tests = filesUnder(outdir).filter((file) => file.endsWith('.test.mjs'));
  const started = Date.now();
  await run(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...tests], 'when it fails');
  console.log(`web: unit tests passed in ${Date.now() - started} ms`);
}

/** Every package that reached a bundle, with its licence, as its licence asks. */
function licenceTexts(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  return [...packages]
    .sort()
    .map((name) => {
      const folder = join(WEB, 'node_modules', name);
      const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licensed under ${license}.`;
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'='.repeat(80)}\n\n`);
}

function filesUnder(folder) {
  return readdirSync(folder)
    .map((entry) => join(folder, entry))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]))
    .sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(file.startsWith(ASSETS) ? file.slice(ASSETS.length) : file).update(readFileSync(file));
  return digest.digest('hex');
}

function run(command, args, show = 'always') {
  return new Promise((done, failed) => {
    const output = show === 'always' ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd: WEB, stdio: ['ignore', output, 'inherit'] });
    const held = [];
    child.stdout?.on('data', (piece) => held.push(piece));
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) return done();
      process.stdout.write(Buffer.concat(held));
      failed(new Error(`${command} ${args[0]} ended with ${code}`));
    });
  });
}

/**
 * Before `npm start`: builds what changed when the compiler is there. An installation without development packages
 * (`npm ci --omit=dev`) brings its build along instead.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('node_modules/typescript/package.json')) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
} else if (!existsSync('dist/scripts/start.js')) {
  process.stderr.write(
    'There is no build here. Run `npm ci && npm run build` first; it needs the development packages.\n',
  );
  process.exitCode = 1;
}

// Runs beside a program of the runner and outlives it. When the program is gone, however it ended, this ends the process
// groups that it left behind, and then removes its temporary folders.
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

/** How long a group may take to end by itself; tests have less patience. */
const GRACE_MS = Number(process.env.WATCHDOG_GRACE_MS ?? 15_000);

const groups = new Map();
const folders = new Set();

function signal(group, name) {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
}

function removeFolders() {
  // Retries, because a program that is killed can still create files for a moment.
  const options = { recursive: true, force: true, maxRetries: 20 };
  for (const folder of folders) rmSync(folder, options);
}

function cleanUp() {
  for (const [group, name] of groups) signal(group, name);
  const deadline = Date.now() + GRACE_MS;
  const poll = setInterval(() => {
    const left = [...groups.keys()].filter(group => signal(group, 0));
    if (left.length > 0 && Date.now() < deadline) return;
    for (const group of left) signal(group, 'SIGKILL');
    clearInterval(poll);
    removeFolders();
  }, 100);
}

// Signals from the terminal, or to the program, must not end this first.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});

// The pipe from the program: it closes when the program is gone.
createInterface({ input: process.stdin })
  .on('line', line => {
    const { watch, forget, folder, group, endWith } = JSON.parse(line);
    if (watch && folder) folders.add(folder);
    if (watch && group) groups.set(group, endWith);
    if (forget) folders.delete(folder);
    if (forget) groups.delete(group);
  })
  .on('close', cleanUp);

/*
 * Loaded before a test runner: hands it one source file with one place changed. Nothing is written, so a run that is
 * killed leaves the working copy as it was.
 */
const fs = require('node:fs');

if (process.env.SWITCHED_OFF) {
  const { file, code, off } = JSON.parse(process.env.SWITCHED_OFF);
  const read = fs.readFileSync;
  fs.readFileSync = (path, ...rest) => {
    const content = read(path, ...rest);
    if (path !== file) return content;
    const changed = content.toString().replace(code, () => off);
    return typeof content === 'string' ? changed : Buffer.from(changed);
  };
}

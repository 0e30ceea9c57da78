const OLDEST: readonly [major: number, minor: number] = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `microblog: needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}. Install a newer one.\n`,
  );
  process.exitCode = 1;
} else {
  // Not before: an old Node.js would fail on what the program imports, in words that help nobody.
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
}

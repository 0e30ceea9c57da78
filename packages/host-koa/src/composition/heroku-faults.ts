/**
 * Variables that are missing on a dyno, or useless there, each with the command that fixes it. A dyno keeps no files:
 * no database, no key, no log. It must listen on the port that Heroku assigns.
 */
export function faultsOnHeroku(
  given: Readonly<Record<string, string | undefined>>,
  listens: boolean,
): string[] {
  const faults: string[] = [];
  if (given.DATABASE_URL === undefined) {
    faults.push('DATABASE_URL: required on Heroku; add a database: heroku addons:create heroku-postgresql');
  }
  if (given.SECRET_KEY === undefined) {
    faults.push(
      'SECRET_KEY: required on Heroku; set one: heroku config:set SECRET_KEY="$(openssl rand -base64 32)"',
    );
  }
  if (listens && given.PORT === undefined) {
    faults.push(
      'PORT: required on Heroku, which sets it for web dynos; elsewhere choose one, such as PORT=5000',
    );
  }
  if (given.LOG_FILE !== undefined) {
    faults.push(
      'LOG_FILE: no file is kept on Heroku; unset it: heroku config:unset LOG_FILE (see "heroku logs")',
    );
  }
  if (given.SEARCH === 'file') {
    faults.push(
      'SEARCH: no file is kept on Heroku; keep the index in the database: heroku config:set SEARCH=postgres',
    );
  }
  return faults;
}

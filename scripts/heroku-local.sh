#!/bin/sh
# A deployment to Heroku, as far as one machine can imitate it. Prints what it did and ends with 1 where
# something would not work there. See scripts/heroku-local/main.js.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
PATH="$root/node_modules/.bin:$PATH"
exec node "$root/scripts/heroku-local/main.js" "$@"

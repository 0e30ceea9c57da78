import { startPostgresServer } from '../../../tests/support/postgres-server.ts';
import { postgresStorage, migrate } from '../src/index.ts';
const server = await startPostgresServer();
let last='';
const storage = postgresStorage({ connectionString: server.url, onStatement: (s) => { last = s.sql } });
try {
await migrate(storage);
const k = storage.knex;
const N=process.argv[2]??'30';
await k.raw(`insert into microblog.users (id, nickname, created_at) select 1000 + n, 'author' || n, now() from generate_series(1, 2000) n`);
await k.raw(`insert into microblog.follows (id, follower_id, followed_id, created_at) select row_number() over (), 1000+a, 1000+b, now() from generate_series(1,2000) a, lateral (select 1 + (a*7+n*13)%2000 b from generate_series(1,${N}) n) x where a<>b`);
await k.raw(`insert into microblog.posts (id, author_id, body, created_at) select n, 1001 + n % 2000, 'post number ' || n || repeat(' x', 40), now() from generate_series(1, 200000) n`);
await k.raw('vacuum analyze');
console.log((await k.raw(`select relname, relpages, relallvisible from pg_class where relname in ('posts','follows','users')`)).rows);
for (const page of [{limit:25},{limit:25,before:'150000'},{limit:25,after:'150000'},{limit:25,after:'199990'}]) {
  const t=performance.now(); const r = await storage.posts.listHome('1001' as any, page as any); console.log(page, r.items.length, (performance.now()-t).toFixed(1));
  const sql = last; 
  const vals: any[] = ['1001','1001', ...(page.before?[page.before]:[]), ...(page.after?[page.after]:[]), 26, 26];
  console.log((await k.raw('explain (analyze, buffers) '+sql.replace(/\$\d+/g,'?'), vals)).rows.map((r:any)=>r['QUERY PLAN']).join('\n'));
}
const t=performance.now(); for(let i=0;i<300;i++) await storage.posts.listHome((1001+i) as any, {limit:25}); console.log('per listHome ms',(performance.now()-t)/300);
} finally { await storage.close(); await server.stop(); }

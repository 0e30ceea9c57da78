import { memoryStorage } from '../memory/memory-storage.ts';
import { createMicroblog, type Microblog } from '../microblog.ts';
import type { MicroblogOptions, MicroblogPorts } from '../microblog-options.ts';
import type { Logger } from '../ports/logger.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import type { UserChanges } from '../users/user.ts';
import { userPresenter } from '../users/user-presenter.ts';
import { type Builders, builders } from './builders.ts';
import { cheapPasswordHasher } from './cheap-password-hasher.ts';
import { type FixedClock, fixedClock } from './fixed-clock.ts';

export interface LogEntry {
  readonly level: keyof Logger;
  readonly details: object;
  readonly message: string;
}

/** A microblog in memory, with the parts that tests inspect or control. */
export interface TestMicroblog extends Microblog {
  readonly storage: Storage;
  readonly clock: FixedClock;
  readonly build: Builders;
  readonly logged: readonly LogEntry[];
  /** A user with an account but no password. */
  member(nickname: string, changes?: UserChanges): Promise<MemberAccount>;
}

export function testMicroblog(
  options: Partial<MicroblogOptions> = {},
  ports: Partial<MicroblogPorts> = {},
): TestMicroblog {
  const storage = ports.storage ?? memoryStorage();
  const clock = fixedClock();
  const build = builders();
  const logged: LogEntry[] = [];
  const passwordHasher = cheapPasswordHasher();
  const logger = recordingLogger(logged);
  const microblog = createMicroblog({ clock, passwordHasher, logger, ...ports, storage }, options);
  return {
    ...microblog,
    storage,
    clock,
    build,
    logged,
    async member(nickname, changes = {}) {
      const user = await storage.users.insert(build.user({ nickname, email: `${nickname}@example.org` }));
      const changed = (await storage.users.update(user.id, changes)) ?? user;
      return userPresenter(microblog.options).account(changed);
    },
  };
}

function recordingLogger(entries: LogEntry[]): Logger {
  const record = (level: keyof Logger) => (details: object, message: string) => {
    entries.push({ level, details, message });
  };
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}

import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import type { MicroblogPorts } from '../microblog-options.ts';
import { englishMailTexts } from '../notifications/mail-texts.ts';
import { until } from './contract/job-queue-case.ts';
import { manualTime } from './manual-time.ts';
import { recordingMailer } from './recording-mailer.ts';
import { testMicroblog } from './test-microblog.ts';

/** A microblog in memory that sends mail. Its clock stands still, and its jobs run only when a test calls `settled`. */
export function mailingMicroblog(ports: Partial<MicroblogPorts> = {}) {
  const time = manualTime();
  const mailer = recordingMailer();
  const { clock, timer } = time;
  const jobs = memoryJobQueue({ clock, timer });
  const microblog = testMicroblog(
    {},
    {
      ...{ clock: time.clock, jobs, mailer, mailTexts: englishMailTexts },
      ...ports,
    },
  );
  /** Runs all due jobs to their end. */
  const settled = async () => {
    await jobs.start(microblog.jobHandlers);
    await until(async () => {
      const { waiting, running } = await jobs.statistics();
      return waiting + running === 0;
    });
    await jobs.stop();
  };
  return {
    ...microblog,
    ...time,
    jobs,
    mailer,
    settled,
    /** The secret in the newest mail to this address. */
    async secretFor(email: string): Promise<string> {
      await settled();
      const mail = mailer.sent.findLast(({ to }) => to.includes(email));
      return /[A-Za-z0-9_-]{43}/.exec(mail?.text ?? '')?.[0] ?? '';
    },
  };
}

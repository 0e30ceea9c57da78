import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import Koa from 'koa';
import compose from 'koa-compose';
import type { BackgroundWork } from '../../operations/background-work.ts';
import type { HostContext, HostMiddleware, HostState } from '../context.ts';
import { type Arrival, arrivalInKoa, arrivalOf, isWithin } from './mount-point.ts';

/**
 * A request listener that other frameworks take as middleware. With `next`, a request outside of the base path
 * goes on to it, untouched; without, it is answered with the page for what is not found.
 */
export type MountableListener = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

interface MountableOptions {
  readonly basePath: string;
  readonly background: BackgroundWork;
}

/** A body that the framework around has read already; see `http/forms/request-body.ts`. */
interface ReadBody {
  body?: unknown;
  rawBody?: unknown;
}

type MountedRequest = Koa.Request & ReadBody & { address: Koa.Request };

// Why: docs/decisions/0056-mounting-in-other-frameworks.md
/**
 * A Koa application that can be mounted in others. It works on a context of its own, with its own keys and
 * proxy, in whatever it is mounted, and leaves the address of Node's request as the framework around has it.
 */
export class MountableKoa extends Koa<HostState> {
  readonly #basePath: string;
  readonly #background: BackgroundWork;
  #answer: ((ctx: HostContext) => Promise<void>) | undefined;

  constructor({ basePath, background }: MountableOptions) {
    super();
    this.#basePath = basePath;
    this.#background = background;
    readFromAddress(this.request);
    this.use(this.#inAnotherKoa);
  }

  /** The listener for `node:http`, and the middleware for Express, Connect and @fastify/middie. */
  override callback(): MountableListener {
    const answer = super.callback();
    return (request, response, next) => {
      const arrival = arrivalOf(request as IncomingMessage);
      let isOurs: boolean;
      try {
        isOurs = isWithin(this.#basePath, arrival);
      } catch (error) {
        if (next !== undefined) next(error);
        else
          this.createContext(request as IncomingMessage, response as ServerResponse).onerror(error as Error);
        return Promise.resolve();
      }
      if (isOurs || next === undefined) return answer(request, response);
      next();
      return Promise.resolve();
    };
  }

  override createContext<State = HostState>(
    request: IncomingMessage,
    response: ServerResponse,
    { url }: Pick<Arrival, 'url'> = arrivalOf(request),
  ): Koa.ParameterizedContext<State> {
    const ctx = super.createContext<State>(request, response);
    const address: Koa.Request = Object.create(Object.getPrototypeOf(this.request));
    address.req = { url } as IncomingMessage;
    (ctx.request as MountedRequest).address = address;
    ctx.originalUrl = ctx.request.originalUrl = url;
    return ctx;
  }

  /** Resolves when all work that no response waited for has ended: close the server before, the storage after. */
  settled(): Promise<void> {
    return this.#background.settled();
  }

  /** What `koa-mount` runs with a context of the application around: there, only the answer is handed over. */
  readonly #inAnotherKoa: HostMiddleware = async (around, next) => {
    if (around.app === this) return next();
    const arrival = arrivalInKoa(around);
    if (!isWithin(this.#basePath, arrival)) return next();
    const ctx = this.createContext<HostState>(around.req, around.res, arrival);
    const { body, rawBody } = around.request as ReadBody;
    Object.assign(ctx.request, { body, rawBody });
    await this.#answerInside(around, ctx);
  };

  async #answerInside(around: HostContext, ctx: HostContext): Promise<void> {
    ctx.res.statusCode = 404;
    this.#answer ??= compose(this.middleware) as (ctx: HostContext) => Promise<void>;
    try {
      await this.#answer(ctx);
    } catch (error) {
      // Answered and reported as it is without an application around.
      around.respond = false;
      ctx.onerror(error as Error);
      return;
    }
    around.status = ctx.status;
    if (ctx.body !== undefined) around.body = ctx.body;
  }
}

/** The parts of Koa's request that say, and change, the address. */
const ADDRESS = ['url', 'path', 'querystring'] as const;

function readFromAddress(request: object): void {
  for (const part of ADDRESS) {
    Object.defineProperty(request, part, {
      configurable: true,
      get(this: MountedRequest) {
        return this.address[part];
      },
      set(this: MountedRequest, value: string) {
        this.address[part] = value;
      },
    });
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import Koa from 'koa';
import compose from 'koa-compose';
import type { BackgroundWork } from '../../operations/background-work.ts';
import type { RequestGate } from '../admission/request-gate.ts';
import type { HostContext, HostMiddleware, HostState } from '../context.ts';
import { type Arrival, arrivalInKoa, arrivalOf, pathInside } from './mount-point.ts';

/**
 * A request listener that other frameworks take as middleware. With `next`, a request outside of the base path
 * goes on to it, unchanged. Without `next`, the answer is the page for "not found".
 */
export type MountableListener = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

interface MountableOptions {
  readonly basePath: string;
  readonly background: BackgroundWork;
  readonly gate: RequestGate;
}

/** A body that the framework around has already read; see `http/forms/request-body.ts`. */
interface ReadBody {
  body?: unknown;
  rawBody?: unknown;
}

type MountedRequest = Koa.Request & ReadBody & { address: Koa.Request };

// Why: docs/decisions/0056-mounting-in-other-frameworks.md
/**
 * A Koa application that can be mounted in others. In any of them it works on its own context, with its own keys and
 * proxy. It leaves the address of Node's request unchanged.
 */
export class MountableKoa extends Koa<HostState> {
  readonly #basePath: string;
  readonly #background: BackgroundWork;
  readonly #gate: RequestGate;
  #answer: ((ctx: HostContext) => Promise<void>) | undefined;

  constructor({ basePath, background, gate }: MountableOptions) {
    super();
    this.#basePath = basePath;
    this.#background = background;
    this.#gate = gate;
    readFromAddress(this.request);
    this.use(this.#inAnotherKoa);
  }

  /** The listener for `node:http`, and the middleware for Express, Connect and @fastify/middie. */
  override callback(): MountableListener {
    const answer = super.callback();
    return (request, response, next) => {
      const arrival = arrivalOf(request as IncomingMessage);
      let path: string | null;
      try {
        path = pathInside(this.#basePath, arrival);
      } catch (error) {
        if (next !== undefined) next(error);
        else
          this.createContext(request as IncomingMessage, response as ServerResponse).onerror(error as Error);
        return Promise.resolve();
      }
      if (path === null && next !== undefined) {
        next();
        return Promise.resolve();
      }
      const [ours, answers] = [request as IncomingMessage, response as ServerResponse];
      return this.#gate(ours, answers, path ?? '', () => answer(ours, answers));
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

  /** Resolves when all background work has ended. Close the server before, and the storage after it. */
  settled(): Promise<void> {
    return this.#background.settled();
  }

  /** What `koa-mount` runs with a context of the application around. That application only hands over the answer. */
  readonly #inAnotherKoa: HostMiddleware = async (around, next) => {
    if (around.app === this) return next();
    const arrival = arrivalInKoa(around);
    const path = pathInside(this.#basePath, arrival);
    if (path === null) return next();
    const ctx = this.createContext<HostState>(around.req, around.res, arrival);
    const { body, rawBody } = around.request as ReadBody;
    Object.assign(ctx.request, { body, rawBody });
    await this.#gate(around.req, around.res, path, () => this.#answerInside(around, ctx));
  };

  async #answerInside(around: HostContext, ctx: HostContext): Promise<void> {
    ctx.res.statusCode = 404;
    this.#answer ??= compose(this.middleware) as (ctx: HostContext) => Promise<void>;
    try {
      await this.#answer(ctx);
    } catch (error) {
      // This application answers and reports, as it does without an application around.
      around.respond = false;
      ctx.onerror(error as Error);
      return;
    }
    around.status = ctx.status;
    if (ctx.body !== undefined) around.body = ctx.body;
  }
}

/** The properties of Koa's request that read and change the address. */
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

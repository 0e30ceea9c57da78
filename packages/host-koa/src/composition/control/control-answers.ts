import type { ServerResponse } from 'node:http';
import { isMicroblogError } from '@microblog/core';

/** An error as it goes through the socket. */
export interface ControlFault {
  readonly code?: string;
  readonly message: string;
}

export function faultOf(error: unknown): ControlFault {
  if (isMicroblogError(error)) return { code: error.code, message: error.message };
  return { message: error instanceof Error ? error.message : String(error) };
}

export function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

import { MicroblogError } from '../kernel/errors.ts';

export function idClash(id: string): MicroblogError<'id_clash'> {
  return new MicroblogError('id_clash', `The id ${id} is in use.`, { details: { id } });
}

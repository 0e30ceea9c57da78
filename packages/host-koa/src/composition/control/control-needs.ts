import type { ArchiveStorage, Logger, SearchService, Storage } from '@microblog/core';

/** What commands that come through the control socket work on. */
export interface ControlNeeds {
  readonly storage: ArchiveStorage & Pick<Storage, 'users'>;
  readonly search: Pick<SearchService, 'enabled' | 'fill' | 'status' | 'lag'>;
  readonly dataDirectory: string;
  readonly logger: Logger;
}

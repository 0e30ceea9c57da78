import { noSearchIndex } from '@microblog/adapters-search';
import { createMicroblog, memoryStorage } from '@microblog/core';

createMicroblog({ storage: memoryStorage(), search: noSearchIndex() });
console.log('a microblog that finds nothing');

import { describe, it } from 'vitest';
import { translatorContract } from './contract/translator-contract.ts';
import { fakeTranslator } from './fake-translator.ts';

describe('the translator contract on the fake', () => {
  for (const { name, run } of translatorContract) {
    it(name, () =>
      run(async () => {
        const translator = fakeTranslator();
        return { translator, behave: translator.behave };
      }),
    );
  }
});

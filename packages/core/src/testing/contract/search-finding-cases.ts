import assert from 'node:assert/strict';
import { parseSearchQuery } from '../../search/parse-search-query.ts';
import { searchIndexCases } from './search-index-case.ts';

const noQuery = parseSearchQuery('').query;

export const searchFindingCases = searchIndexCases('search', {
  'finds posts that contain all words, in any order': async ({ publish, find }) => {
    await publish('the red house', 'house of red brick', 'a red barn', 'a blue house');
    assert.deepEqual(await find('red house'), ['house of red brick', 'the red house']);
  },
  'finds nothing if no post matches or the index is empty': async ({ publish, find }) => {
    assert.deepEqual(await find('red'), []);
    await publish('the red house');
    assert.deepEqual(await find('green'), []);
    assert.deepEqual(await find('red green'), []);
  },
  'finds whole words, not parts of them': async ({ publish, find }) => {
    await publish('a cathedral', 'a cat');
    assert.deepEqual(await find('cat'), ['a cat']);
  },
  'finds words beside punctuation': async ({ publish, find }) => {
    await publish('Stop! (Really.)', 'well-known @ada #sunset', 'https://example.org/harbour?x=1');
    for (const word of ['stop', 'really']) assert.deepEqual(await find(word), ['Stop! (Really.)']);
    for (const word of ['known', '#sunset', '@ada', 'well-known']) {
      assert.deepEqual(await find(word), ['well-known @ada #sunset']);
    }
    assert.deepEqual(await find('harbour'), ['https://example.org/harbour?x=1']);
    assert.deepEqual(await find('https://example.org/harbour'), ['https://example.org/harbour?x=1']);
  },
  'ignores case and accents': async ({ publish, find }) => {
    await publish('Crème BRÛLÉE', 'Straße nach Łódź', 'İstanbul ΟΔΟΣ');
    for (const query of ['creme brulee', 'CRÈME', 'bru\u0302le\u0301e']) {
      assert.deepEqual(await find(query), ['Crème BRÛLÉE'], query);
    }
    for (const query of ['STRASSE', 'lodz', 'ŁÓDŹ']) {
      assert.deepEqual(await find(query), ['Straße nach Łódź'], query);
    }
    for (const query of ['istanbul', 'ISTANBUL', 'οδος', 'ΟΔΟΣ']) {
      assert.deepEqual(await find(query), ['İstanbul ΟΔΟΣ'], query);
    }
  },
  'finds phrases only if the words stand together in this order': async ({ publish, find }) => {
    await publish('a green tea house', 'tea that is green', 'green, tea?', 'green\ntea');
    assert.deepEqual(await find('"green tea"'), ['green\ntea', 'green, tea?', 'a green tea house']);
    assert.deepEqual(await find('"tea green"'), []);
  },
  'finds no phrase across two posts': async ({ publish, find }) => {
    await publish('ends with green', 'tea begins');
    assert.deepEqual(await find('"green tea"'), []);
  },
  'leaves out posts that contain an excluded word': async ({ publish, find }) => {
    await publish('jam and bread', 'jam and butter', 'jam or bread and butter');
    assert.deepEqual(await find('jam -butter'), ['jam and bread']);
    assert.deepEqual(await find('jam -"bread and butter"'), ['jam and butter', 'jam and bread']);
    assert.deepEqual(await find('jam -bu*'), ['jam and bread']);
  },
  'lists all other posts if the query only excludes': async ({ publish, find }) => {
    await publish('jam', 'butter', 'bread');
    assert.deepEqual(await find('-butter'), ['bread', 'jam']);
  },
  'finds either of two alternatives, together with other conditions': async ({ publish, find }) => {
    await publish('cats sleep', 'dogs sleep', 'dogs bark', 'birds sleep');
    assert.deepEqual(await find('cats or dogs sleep'), ['dogs sleep', 'cats sleep']);
    assert.deepEqual(await find('cats or "birds sleep" or bark'), ['birds sleep', 'dogs bark', 'cats sleep']);
  },
  'finds words by their beginning': async ({ publish, find }) => {
    await publish('sunrise', 'sun', 'a sunny day', 'Sunday', 'gasun', 'unsung');
    assert.deepEqual(await find('sun*'), ['Sunday', 'a sunny day', 'sun', 'sunrise']);
    assert.deepEqual(await find('sunn*'), ['a sunny day']);
    assert.deepEqual(await find('"a sunn"*'), ['a sunny day']);
  },
  'finds posts of one author, or of several': async ({ publish, find, author }) => {
    const [ada, ben, eva] = [await author(), await author(), await author()];
    await publish(
      { body: 'tea by ada', authorId: ada },
      { body: 'tea by ben', authorId: ben },
      { body: 'tea by eva', authorId: eva },
    );
    const tea = parseSearchQuery('tea').query;
    assert.deepEqual(await find({ ...tea, authorIds: [ada] }), ['tea by ada']);
    assert.deepEqual(await find({ ...tea, authorIds: [ada, eva] }), ['tea by eva', 'tea by ada']);
    assert.deepEqual(await find({ ...noQuery, authorIds: [ben] }), ['tea by ben']);
  },
  'leaves out posts of one author, or of several': async ({ publish, find, author }) => {
    const [ada, ben, eva] = [await author(), await author(), await author()];
    await publish(
      { body: 'tea by ada', authorId: ada },
      { body: 'tea by ben', authorId: ben },
      { body: 'mate by eva', authorId: eva },
    );
    const tea = parseSearchQuery('tea').query;
    assert.deepEqual(await find({ ...tea, exceptAuthorIds: [ada] }), ['tea by ben']);
    assert.deepEqual(await find({ ...tea, exceptAuthorIds: [ada, ben] }), []);
    assert.deepEqual(await find({ ...noQuery, exceptAuthorIds: [ben] }), ['mate by eva', 'tea by ada']);
    const notMate = parseSearchQuery('-mate').query;
    assert.deepEqual(await find({ ...notMate, exceptAuthorIds: [ada] }), ['tea by ben']);
    assert.deepEqual(await find({ ...noQuery, authorIds: [ada, ben], exceptAuthorIds: [ada] }), [
      'tea by ben',
    ]);
  },
  'leaves out posts in an excluded language, but not posts of unknown language': async ({
    publish,
    find,
  }) => {
    await publish(
      { body: 'mate amargo', language: 'es' },
      { body: 'mate dulce', language: 'es-AR' },
      { body: 'mate', language: 'en' },
      'mate de nadie',
    );
    assert.deepEqual(await find('mate -lang:es'), ['mate de nadie', 'mate']);
    assert.deepEqual(await find('-lang:es -lang:en'), ['mate de nadie']);
    assert.deepEqual(await find('lang:es -lang:es'), []);
    assert.deepEqual(await find('-lang:fr -dulce'), ['mate de nadie', 'mate', 'mate amargo']);
  },
  'finds everything for an empty query': async ({ publish, find }) => {
    await publish('jam', 'butter');
    assert.deepEqual(await find(noQuery), ['butter', 'jam']);
  },
  'finds posts in a language with any region': async ({ publish, find }) => {
    await publish(
      { body: 'mate amargo', language: 'es' },
      { body: 'mate dulce', language: 'es-AR' },
      { body: 'mate', language: 'en' },
      'mate de nadie',
    );
    assert.deepEqual(await find('mate lang:es'), ['mate dulce', 'mate amargo']);
    assert.deepEqual(await find('lang:en'), ['mate']);
    assert.deepEqual(await find('lang:en lang:es'), ['mate', 'mate dulce', 'mate amargo']);
    assert.deepEqual(await find('mate lang:fr'), []);
  },
  'finds posts before and after a day': async ({ publish, find }) => {
    const at = (iso: string) => new Date(iso);
    await publish(
      { body: 'news of february', at: at('2026-02-28T23:59:59.999Z') },
      { body: 'news of march', at: at('2026-03-01T00:00:00.000Z') },
      { body: 'news of april', at: at('2026-04-01T00:00:00.000Z') },
    );
    assert.deepEqual(await find('news before:2026-03-01'), ['news of february']);
    assert.deepEqual(await find('news after:2026-03-01'), ['news of april', 'news of march']);
    assert.deepEqual(await find('after:2026-03 before:2026-04'), ['news of march']);
    assert.deepEqual(await find('news before:1969 after:2026'), []);
  },
  'applies all conditions together': async ({ publish, find, author }) => {
    const [ada, ben] = [await author(), await author()];
    await publish(
      { body: 'new tea house opens', authorId: ada, language: 'en' },
      { body: 'new tea house closes', authorId: ada, language: 'en' },
      { body: 'new tea house opens', authorId: ben, language: 'en' },
      { body: 'new tea house opens', authorId: ada, language: 'fr' },
    );
    const { query } = parseSearchQuery('"tea house" op* or starts -closes lang:en after:2025');
    assert.deepEqual(await find({ ...query, authorIds: [ada] }), ['new tea house opens']);
  },
});

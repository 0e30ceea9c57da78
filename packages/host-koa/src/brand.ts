/** What this place calls itself, on its pages and elsewhere. */
export const BRAND = 'Microblog';

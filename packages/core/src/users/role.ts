/** Every role, from the least to the most that it may do. */
export const roles = ['member', 'moderator', 'admin'] as const;
/** What a user may do: moderators may delete posts of others. */
export type Role = (typeof roles)[number];

import { isId } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { AssetCatalogue } from '../../site/assets/asset-catalogue.ts';
import { generatedAvatar } from '../../site/generated-avatar.ts';

/** File names change with their content, so browsers may keep them for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable';

export function assetRoutes(assets: AssetCatalogue) {
  return {
    async file(ctx: HostContext): Promise<void> {
      ctx.vary('Accept-Encoding');
      const asset = await assets.open(ctx.params.file, ctx.get('Accept-Encoding') || undefined);
      if (asset === null) throw hostError('page_not_found', 'There is no such asset.');
      ctx.set('Cache-Control', FOR_EVER);
      ctx.type = asset.type;
      ctx.length = asset.length;
      if (asset.encoding !== null) ctx.set('Content-Encoding', asset.encoding);
      // Koa answers a null body with 204.
      if (ctx.method === 'HEAD') ctx.status = 200;
      else ctx.body = asset.content();
    },

    /** `/avatars/<user id>.svg`: drawn from the id in the address, without the database. */
    avatar(ctx: HostContext): void {
      const [, id = ''] = /^([0-9]+)\.svg$/.exec(ctx.params.file) ?? [];
      if (!isId(id)) throw hostError('page_not_found', 'There is no such avatar.');
      ctx.set('Cache-Control', FOR_EVER);
      // Embeds show these pictures on pages of other sites.
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
      ctx.type = 'image/svg+xml';
      ctx.body = generatedAvatar(id);
    },
  };
}

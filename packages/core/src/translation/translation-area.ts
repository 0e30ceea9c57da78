import type { Area, AreaNeeds } from '../area.ts';
import { type TranslationService, translationService } from './translation-service.ts';

/** Translations of posts into the reader's language. */
export function translationArea(needs: AreaNeeds): Area<TranslationService> {
  return { service: translationService(needs) };
}

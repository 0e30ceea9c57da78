import type { Area, AreaNeeds } from '../area.ts';
import { type TranslationService, translationService } from './translation-service.ts';

/** Posts in the language of their readers. */
export function translationArea(needs: AreaNeeds): Area<TranslationService> {
  return { service: translationService(needs) };
}

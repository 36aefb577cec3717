/** @spec CIBA Core §5 — how clients of a tenant may hear of an answer: pushed to only where the tenant says so. */
import type { Tenant } from '@tokenidp/tenancy';
import { DELIVERY_MODES, type DeliveryMode } from './client';

export function deliveryModesOf({ settings }: Pick<Tenant, 'settings'>): readonly DeliveryMode[] {
  return DELIVERY_MODES.filter((mode) => mode !== 'push' || settings.backchannel.push);
}

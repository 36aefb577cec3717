import type { Assignment, AuthorizationDetailsType, Client } from '@tokenidp/clients';
import type { AuthorizationDetail } from '@tokenidp/kernel';
import { assignmentOf, clientLike } from './samples';

export const BANK = 'https://bank.example';

export const PAYMENT: AuthorizationDetailsType = {
  type: 'payment_initiation',
  displayName: 'Pay once',
  description: 'Sends money from your account.',
  members: {
    actions: { kind: 'texts', values: ['initiate', 'status', 'cancel'] },
    locations: { kind: 'texts' },
    instructedAmount: { kind: 'object', required: true, displayName: 'Amount' },
    creditorName: { kind: 'text', required: true, displayName: 'To' },
    urgent: { kind: 'boolean' },
    days: { kind: 'number' },
  },
};

export const payment: AuthorizationDetail = {
  type: 'payment_initiation',
  actions: ['initiate', 'status'],
  instructedAmount: { currency: 'EUR', amount: '123.50' },
  creditorName: 'Merchant A',
};

export const bankOf = (identifier = BANK, types: AuthorizationDetailsType[] = [PAYMENT]): Assignment =>
  assignmentOf(identifier, ['bank.read'], { authorizationDetailsTypes: types });

export const payer = (changes: Partial<Client> = {}): Client =>
  clientLike({ assignments: [bankOf()], authorization_details_types: ['payment_initiation'], ...changes });

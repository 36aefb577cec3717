import type { Client } from '@tokenidp/clients';
import type { ClientAuthMethod as ClientAuthMethodName } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Parameters } from '../endpoints/form-parameters';
import type { ClientAssertion } from './client-assertion';
import type { ClientCertificate } from './client-certificate';

/** Where a client may put its credentials: the Authorization header, the form and the connection. */
export interface ClientAuthRequest {
  readonly tenant: Tenant;
  readonly authorization: string | undefined;
  readonly parameters: Parameters;
  /** absent where the client showed none */
  readonly certificate?: ClientCertificate;
}

/** What a request presented by one method, read but not believed. */
export interface PresentedCredential {
  readonly clientId: string;
  readonly secret?: string;
  readonly assertion?: ClientAssertion;
  readonly certificate?: ClientCertificate;
}

/** One way to authenticate a client (RFC 7591 §2 `token_endpoint_auth_method`); one file each. */
export interface ClientAuthMethod {
  readonly name: ClientAuthMethodName;
  /** True when the request itself holds no more than `client_id`: which of these methods is meant, the client's registration tells. */
  readonly isNamedOnly?: boolean;
  /** False where the deployment lacks what the method needs. */
  readonly isServed?: boolean;
  /** null when the request does not use the method; throws `invalid_client` when it uses it wrongly. */
  read(request: ClientAuthRequest): PresentedCredential | null;
  /** True when the credential proves that the request comes from this client. */
  verify(credential: PresentedCredential, client: Client, tenant: Tenant): boolean | Promise<boolean>;
}

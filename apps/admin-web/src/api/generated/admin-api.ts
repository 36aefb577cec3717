// Written by `npm run openapi` from docs/openapi.json.
export interface paths {
    "/admin/api/v1/access-explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain what a user may use
         * @description The rules between a user and an application or a permission, in the order in which they act.
         *
         *     Needs the permission `users.read`.
         */
        post: operations["previews_explainAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/claims-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview the tokens of an application
         * @description What would be issued right now, made by the code that issues; nothing is signed or stored.
         *
         *     Needs the permission `clients.read`.
         */
        post: operations["previews_previewClaims"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List APIs
         * @description Needs the permission `resources.read`.
         */
        get: operations["resources_list"];
        put?: never;
        /**
         * Create an API
         * @description Needs the permission `resources.write`.
         */
        post: operations["resources_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API
         * @description Needs the permission `resources.read`.
         */
        get: operations["resources_get"];
        put?: never;
        post?: never;
        /**
         * Delete an API
         * @description With its scopes, permissions and assignments. Tokens that are out stay good until they end.
         *
         *     Needs the permission `resources.write`.
         */
        delete: operations["resources_delete"];
        options?: never;
        head?: never;
        /**
         * Change an API
         * @description Needs the permission `resources.write`.
         */
        patch: operations["resources_update"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessExplanationDto: {
            /**
             * @description Whether every rule is met.
             * @example true
             */
            isAllowed: boolean;
            /** @description The rules in the order in which they are applied; the first that is not met decides. */
            rules: components["schemas"]["AccessRuleDto"][];
        };
        AccessRuleDto: {
            /**
             * @description How it is.
             * @example The user is disabled.
             */
            detail: string;
            /**
             * @description The operation that would change it, below `/admin/api/v1`; null where nothing has to.
             * @example POST users/01990000-0000-7000-8000-000000000000/enable
             */
            fix: string | null;
            /**
             * @description Whether it is.
             * @example true
             */
            isMet: boolean;
            /**
             * @description What has to be so.
             * @example The user is active
             */
            rule: string;
        };
        AuthorizationDetailsTypeDto: {
            /**
             * @description A sentence for people.
             * @example Pay from one of your accounts
             */
            description: string;
            /**
             * @description For people, in the consent.
             * @example Start a payment
             */
            displayName: string;
            /**
             * @description The members beside `type`, by name: `kind` (text, texts, number, boolean, object), `required`, `values`, `displayName`.
             * @example {
             *       "amount": {
             *         "kind": "text",
             *         "required": true
             *       }
             *     }
             */
            members: {
                [key: string]: unknown;
            };
            /**
             * @description The `type` of the details.
             * @example payment_initiation
             */
            type: string;
        };
        ClaimsPreviewDto: {
            /**
             * @description The `claims` parameter that would be sent (OpenID Connect Core §5.5).
             * @example {
             *       "id_token": {
             *         "email": null
             *       }
             *     }
             */
            claims?: {
                [key: string]: unknown;
            };
            /**
             * @description The application, by its `client_id`.
             * @example billing-web
             */
            clientId: string;
            /**
             * @description The `resource` that would be named (RFC 8707).
             * @example https://api.example.com/invoices
             */
            resource?: string;
            /**
             * @description The scopes that would be granted.
             * @example [
             *       "openid",
             *       "email"
             *     ]
             */
            scopes: string[];
            /**
             * Format: uuid
             * @description The user; absent for what the application gets for itself.
             * @example 01990000-0000-7000-8000-000000000000
             */
            userId?: string;
        };
        ClaimsPreviewResultDto: {
            /**
             * @description The access token, or what introspection says of an opaque one.
             * @example {
             *       "aud": "https://api.example.com/invoices"
             *     }
             */
            accessToken: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The ID token; null without `openid` or without a user.
             * @example {
             *       "sub": "01990000-0000-7000-8000-000000000000"
             *     }
             */
            idToken: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Userinfo; null where the token does not open it.
             * @example {
             *       "email": "ada@example.com"
             *     }
             */
            userinfo: {
                [key: string]: unknown;
            } | null;
        };
        CreateResourceDto: {
            /**
             * @description How long its access tokens live; the tenant's setting when null.
             * @example 300
             */
            accessTokenSeconds?: number | null;
            /**
             * @description Signs its access tokens: one of the tenant's algorithms.
             * @example ES256
             */
            algorithm?: string;
            /** @description All types of authorization details that it knows (RFC 9396). */
            authorizationDetailsTypes?: components["schemas"]["AuthorizationDetailsTypeDto"][];
            /**
             * @description An absolute URI without fragment: the `aud` of its tokens. It cannot be changed.
             * @example https://api.example.com/invoices
             */
            identifier: string;
            /**
             * @description Whether `permissions` are in its tokens.
             * @example false
             */
            includePermissions?: boolean;
            /**
             * @description Whether `roles` are in its tokens.
             * @example false
             */
            includeRoles?: boolean;
            /**
             * @description For people.
             * @example Invoices
             */
            name: string;
            /** @description All of its scopes: the list replaces the one before. */
            scopes?: components["schemas"]["ScopeDto"][];
            /**
             * @description What its access tokens are.
             * @example jwt
             * @enum {string}
             */
            tokenFormat?: "jwt" | "opaque";
        };
        ExplainAccessDto: {
            /**
             * @description The application, by its `client_id`.
             * @example billing-web
             */
            clientId?: string;
            /**
             * @description The permission, by its key.
             * @example invoices.read
             */
            permission?: string;
            /**
             * @description The API of the permission, by its identifier; the administration API when absent.
             * @example https://api.example.com/invoices
             */
            resource?: string;
            /**
             * Format: uuid
             * @description The user.
             * @example 01990000-0000-7000-8000-000000000000
             */
            userId: string;
        };
        PatchResourceDto: {
            /**
             * @description How long its access tokens live; the tenant's setting when null.
             * @example 300
             */
            accessTokenSeconds?: number | null;
            /**
             * @description Signs its access tokens: one of the tenant's algorithms.
             * @example ES256
             */
            algorithm?: string;
            /** @description All types of authorization details that it knows (RFC 9396). */
            authorizationDetailsTypes?: components["schemas"]["AuthorizationDetailsTypeDto"][];
            /**
             * @description Whether `permissions` are in its tokens.
             * @example false
             */
            includePermissions?: boolean;
            /**
             * @description Whether `roles` are in its tokens.
             * @example false
             */
            includeRoles?: boolean;
            /**
             * @description For people.
             * @example Invoices
             */
            name?: string;
            /** @description All of its scopes: the list replaces the one before. */
            scopes?: components["schemas"]["ScopeDto"][];
            /**
             * @description What its access tokens are.
             * @example jwt
             * @enum {string}
             */
            tokenFormat?: "jwt" | "opaque";
        };
        ProblemDto: {
            /**
             * @description This case in words.
             * @example The permission clients.write is missing.
             */
            detail: string;
            /** @description Which members of the input are at fault. */
            errors?: components["schemas"]["ProblemFieldDto"][];
            /**
             * @description The request, as the log and the audit trail name it.
             * @example urn:request:01990000-0000-7000-8000-000000000000
             */
            instance: string;
            /**
             * @description The HTTP status.
             * @example 403
             */
            status: number;
            /**
             * @description The kind in words.
             * @example The permission is missing
             */
            title: string;
            /**
             * @description The kind of problem; a page of that address explains it.
             * @example /problems/forbidden
             */
            type: string;
        };
        ProblemFieldDto: {
            /**
             * @description What is wrong with it.
             * @example It has 1 to 200 characters.
             */
            detail: string;
            /**
             * @description JSON pointer (RFC 6901) to the member of the input.
             * @example /name
             */
            pointer: string;
        };
        ResourceDto: {
            /**
             * @description How long its access tokens live; the tenant's setting when null.
             * @example 60
             */
            accessTokenSeconds: number | null;
            /**
             * @description Signs its access tokens.
             * @example ES256
             */
            algorithm: string;
            /** @description Types of authorization details that it knows. */
            authorizationDetailsTypes: components["schemas"]["AuthorizationDetailsTypeDto"][];
            /**
             * @description True for the provider's own, which stays as it is.
             * @example false
             */
            builtIn: boolean;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The row id.
             * @example 01990000-0000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description The `aud` of its tokens.
             * @example https://api.example.com/invoices
             */
            identifier: string;
            /**
             * @description Whether `permissions` are in its tokens.
             * @example true
             */
            includePermissions: boolean;
            /**
             * @description Whether `roles` are in its tokens.
             * @example true
             */
            includeRoles: boolean;
            /**
             * @description For people.
             * @example Invoices
             */
            name: string;
            /** @description Its scopes. */
            scopes: components["schemas"]["ScopeDto"][];
            /**
             * @description What its access tokens are.
             * @example jwt
             * @enum {string}
             */
            tokenFormat: "jwt" | "opaque";
            /**
             * Format: date-time
             * @description When it was changed last.
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
        };
        ResourcePageDto: {
            /** @description This page. */
            items: components["schemas"]["ResourceSummaryDto"][];
            /** @description For the next page; null on the last one. */
            nextCursor: string | null;
        };
        ResourceSummaryDto: {
            /**
             * @description How long its access tokens live; the tenant's setting when null.
             * @example 60
             */
            accessTokenSeconds: number | null;
            /**
             * @description Signs its access tokens.
             * @example ES256
             */
            algorithm: string;
            /**
             * @description True for the provider's own, which stays as it is.
             * @example false
             */
            builtIn: boolean;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The row id.
             * @example 01990000-0000-7000-8000-000000000000
             */
            id: string;
            /**
             * @description The `aud` of its tokens.
             * @example https://api.example.com/invoices
             */
            identifier: string;
            /**
             * @description Whether `permissions` are in its tokens.
             * @example true
             */
            includePermissions: boolean;
            /**
             * @description Whether `roles` are in its tokens.
             * @example true
             */
            includeRoles: boolean;
            /**
             * @description For people.
             * @example Invoices
             */
            name: string;
            /**
             * @description What its access tokens are.
             * @example jwt
             * @enum {string}
             */
            tokenFormat: "jwt" | "opaque";
            /**
             * Format: date-time
             * @description When it was changed last.
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
        };
        ScopeDto: {
            /**
             * @description A sentence for people.
             * @example See all of your invoices
             */
            description?: string;
            /**
             * @description For people, in the consent.
             * @example Read invoices
             */
            displayName?: string;
            /**
             * @description As in tokens and requests.
             * @example invoices.read
             */
            name: string;
            /**
             * @description Asked for with emphasis; never given to clients that registered themselves.
             * @example false
             */
            sensitive?: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    previews_explainAccess: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainAccessDto"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessExplanationDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/not-found",
                     *       "title": "There is nothing here",
                     *       "status": 404,
                     *       "detail": "There is nothing here.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    previews_previewClaims: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimsPreviewDto"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimsPreviewResultDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/not-found",
                     *       "title": "There is nothing here",
                     *       "status": 404,
                     *       "detail": "There is nothing here.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    resources_list: {
        parameters: {
            query?: {
                /** @description Only the provider's own, or only the others. */
                builtIn?: boolean;
                /** @description Where to go on: the `nextCursor` of the page before, with the same filters and order. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Part of the name or the identifier, in any case. */
                search?: string;
                /** @description The order; with `-` the other way round. */
                sort?: "name" | "-name" | "identifier" | "-identifier" | "createdAt" | "-createdAt";
                /** @description Only those of that token format. */
                tokenFormat?: "jwt" | "opaque";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourcePageDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    resources_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of 1 to 255 characters. A repetition under the same key within a day gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateResourceDto"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/conflict",
                     *       "title": "The state does not allow this",
                     *       "status": 409,
                     *       "detail": "The state does not allow this.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-mismatch",
                     *       "title": "The key was used for another request",
                     *       "status": 422,
                     *       "detail": "The key was used for another request.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    resources_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The row id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/not-found",
                     *       "title": "There is nothing here",
                     *       "status": 404,
                     *       "detail": "There is nothing here.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    resources_delete: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the object as it was read. */
                "If-Match": string;
            };
            path: {
                /** @description The row id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to show. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/not-found",
                     *       "title": "There is nothing here",
                     *       "status": 404,
                     *       "detail": "There is nothing here.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/conflict",
                     *       "title": "The state does not allow this",
                     *       "status": 409,
                     *       "detail": "The state does not allow this.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The thing has changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/precondition-failed",
                     *       "title": "The thing has changed since it was read",
                     *       "status": 412,
                     *       "detail": "The thing has changed since it was read.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The request has to say which version it changes */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/precondition-required",
                     *       "title": "The request has to say which version it changes",
                     *       "status": 428,
                     *       "detail": "The request has to say which version it changes.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    resources_update: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` of the object as it was read. */
                "If-Match": string;
            };
            path: {
                /** @description The row id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchResourceDto"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceDto"];
                };
            };
            /** @description The input is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input is not valid",
                     *       "status": 400,
                     *       "detail": "The input is not valid.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/unauthenticated",
                     *       "title": "Authentication is required",
                     *       "status": 401,
                     *       "detail": "Authentication is required.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The permission is missing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/forbidden",
                     *       "title": "The permission is missing",
                     *       "status": 403,
                     *       "detail": "The permission is missing.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/not-found",
                     *       "title": "There is nothing here",
                     *       "status": 404,
                     *       "detail": "There is nothing here.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/conflict",
                     *       "title": "The state does not allow this",
                     *       "status": 409,
                     *       "detail": "The state does not allow this.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The thing has changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/precondition-failed",
                     *       "title": "The thing has changed since it was read",
                     *       "status": 412,
                     *       "detail": "The thing has changed since it was read.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description The request has to say which version it changes */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/precondition-required",
                     *       "title": "The request has to say which version it changes",
                     *       "status": 428,
                     *       "detail": "The request has to say which version it changes.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/too-many-requests",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "Too many requests.",
                     *       "instance": "urn:request:01990000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
}

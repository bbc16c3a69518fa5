/** How a company's own server signs a user token; docs/widget.md shows the same. */

const PYTHON = `import time

import jwt  # PyJWT


def user_token(secret, customer):
    claims = {
        "sub": str(customer["id"]),
        "email": customer["email"],
        "name": customer["name"],
        "attributes": {"plan": customer["plan"]},
        "exp": int(time.time()) + 3600,
    }
    return jwt.encode(claims, secret, algorithm="HS256")
`;

const NODE = `import { createHmac } from "node:crypto";

const encoded = value => Buffer.from(JSON.stringify(value)).toString("base64url");

export function userToken(secret, customer) {
  const claims = {
    sub: String(customer.id),
    email: customer.email,
    name: customer.name,
    attributes: { plan: customer.plan },
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  const said = \`\${encoded({ alg: "HS256", typ: "JWT" })}.\${encoded(claims)}\`;
  return \`\${said}.\${createHmac("sha256", secret).update(said).digest("base64url")}\`;
}
`;

const PHP = `<?php

function encoded(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function user_token(string $secret, array $customer): string
{
    $claims = [
        'sub' => (string) $customer['id'],
        'email' => $customer['email'],
        'name' => $customer['name'],
        'attributes' => ['plan' => $customer['plan']],
        'exp' => time() + 3600,
    ];
    $header = ['alg' => 'HS256', 'typ' => 'JWT'];
    $said = encoded(json_encode($header)) . '.' . encoded(json_encode($claims, JSON_THROW_ON_ERROR));
    return $said . '.' . encoded(hash_hmac('sha256', $said, $secret, true));
}
`;

export const SAMPLES = { python: PYTHON, node: NODE, php: PHP } as const;
export type Sample = keyof typeof SAMPLES;

/** What the languages call themselves. */
export const CALLED = { python: "Python", node: "Node.js", php: "PHP" } as const;

package org.tongmai.console.server.account;

import org.tongmai.standards.crypto.Sm4Key;

/** Seals the secrets of second factors at rest; the same on every node. {@code console/app} gives it. */
public record SecondFactorKey(Sm4Key key) {}

package org.tongmai.routes.engine.gateway.chain;

import java.time.Clock;
import org.tongmai.standards.crypto.vault.KeyVault;

/**
 * What a node holds calls against beside the rules.
 *
 * @param clock for signed times
 * @param keys the gateways' own: for contents that are encrypted for them, and for secrets they share with applications
 */
public record Trust(Clock clock, KeyVault keys) {}

package org.tongmai.routes.engine.audit;

import java.time.Instant;
import org.tongmai.standards.crypto.Sm2PublicKey;

/**
 * A key that signs checkpoints.
 *
 * @param node whose
 * @param key the public half
 * @param since when the database first heard of it
 */
public record AuditKey(String node, Sm2PublicKey key, Instant since) {}

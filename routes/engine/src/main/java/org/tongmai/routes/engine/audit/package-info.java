/**
 * The audit log 审计日志: who did what to what, when, from where and how it ended, in an append-only chain (SM3) that is
 * signed (SM2). Never patient data, never a secret.
 */
package org.tongmai.routes.engine.audit;

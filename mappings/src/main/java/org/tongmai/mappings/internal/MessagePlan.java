package org.tongmai.mappings.internal;

/**
 * One message map, compiled.
 *
 * @param structure message structure, for example {@code ADT_A01}
 * @param topic canonical channel
 * @param root the group that holds everything
 */
record MessagePlan(String structure, String topic, GroupPlan root) {}

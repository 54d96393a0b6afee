package org.tongmai.mappings.internal;

import java.util.List;

/**
 * One message map, compiled.
 *
 * @param structure message structure, for example {@code ADT_A01}
 * @param topic canonical channel
 * @param root the group that holds everything
 * @param rows where its own rows are written
 */
record MessagePlan(String structure, String topic, GroupPlan root, List<MapRow.At> rows) {}

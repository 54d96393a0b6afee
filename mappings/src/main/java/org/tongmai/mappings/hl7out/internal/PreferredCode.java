package org.tongmai.mappings.hl7out.internal;

/**
 * The code written where several become the same.
 *
 * @param code of the source
 * @param last whether it is written only where nothing else has said what stands there
 */
record PreferredCode(String code, boolean last) {}

package org.tongmai.standards.patientindex;

import java.time.Instant;

/**
 * A resource that could not be taken into the index, so that others need not wait for it.
 *
 * @param type Patient or Linkage
 * @param id of the resource
 * @param version of the resource that was tried last
 * @param at when it was tried last
 * @param attempts how often it was tried
 * @param cause code, class and place of the failure; nobody's data
 */
public record LeftOut(String type, String id, int version, Instant at, int attempts, String cause) {}

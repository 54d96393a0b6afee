package org.tongmai.standards.patientindex;

/**
 * Why a match came out as it did: one field or one rule. Holds no value of anybody.
 *
 * @param field what was compared, for example {@code name}, or {@code rule} or {@code limit}
 * @param level how it compared, for example {@code homophone}, or the name of the rule or limit
 * @param weight base-2 logarithm of m/u; 0 for rules and limits
 * @param because the explanation that stands in the table
 */
public record Evidence(String field, String level, double weight, String because) {}

/**
 * The master patient index 患者主索引 as others see it: which records of which hospitals are one person, who said so, and
 * what a person has yet to decide. The rules are in {@code console/domain}, the tables in {@code adapters/patient-index}.
 */
package org.tongmai.standards.patientindex;

/** The master patient index 患者主索引: rules that say which records are one person, and what people decide about them. */
package org.tongmai.console.domain.patientindex;

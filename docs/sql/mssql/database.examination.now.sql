-- database.examination.now
SELECT CAST(SYSDATETIMEOFFSET() AS datetimeoffset(3)) AS "now"

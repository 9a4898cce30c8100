# What the state machine may do: see what is published, and change the code of these functions. It cannot call them.

locals {
  statements = [
    {
      Sid      = "RememberTheCode"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:PutParameter"]
      Resource = [for id, functions in local.functions : aws_ssm_parameter.wanted[id].arn]
    },
    {
      Sid    = "GiveTheCode"
      Effect = "Allow"
      Action = [
        "lambda:CreateAlias",
        "lambda:GetAlias",
        "lambda:GetFunctionConfiguration",
        "lambda:PublishVersion",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
      ]
      Resource = local.function_arns
    },
    {
      Sid      = "SeeTheVersion"
      Effect   = "Allow"
      Action   = "lambda:GetFunctionConfiguration"
      Resource = [for arn in local.function_arns : "${arn}:*"]
    },
  ]

  # Lambda fetches the code with the rights of whoever gives it to the function.
  statements_of = {
    packages = [
      {
        Sid       = "FindPackages"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:${local.partition}:s3:::${var.bucket}"
        Condition = { StringLike = { "s3:prefix" = [for id, functions in local.functions : "${var.prefix}/${id}/git-*"] } }
      },
      {
        Sid      = "FetchPackages"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for id, functions in local.functions : "arn:${local.partition}:s3:::${var.bucket}/${var.prefix}/${id}/git-*"]
      },
    ]
    image = [
      {
        Sid      = "FindAndFetchImages"
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"]
        Resource = local.repository.arn
      },
    ]
  }

  statements_to_tell = [
    for arn in var.notifications[*].topic_arn : {
      Sid      = "Tell"
      Effect   = "Allow"
      Action   = "sns:Publish"
      Resource = arn
    }
  ]
}
